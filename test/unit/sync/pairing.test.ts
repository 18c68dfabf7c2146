import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  formatPairingCode,
  newPairingCode,
  parsePairingCode,
} from '../../../shared/protocol/pairing-code.ts';
import {
  derivePairingSecrets,
  openPart,
  sealPart,
  answerSchema,
} from '../../../shared/protocol/joining.ts';
import { createdWorkspace, pair, randomBytes, testDevice, until } from './support/test-device.ts';
import { testWorker, WORKER_URL, type TestWorker } from './support/test-worker.ts';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

describe('the pairing code', () => {
  it('is read with spaces, in lower case and with letters mistaken for digits', () => {
    const code = newPairingCode(randomBytes);
    const typed = formatPairingCode(code)
      .toLowerCase()
      .replaceAll('-', ' ')
      .replaceAll('0', 'o')
      .replaceAll('1', 'l');
    expect(parsePairingCode(typed)).toBe(code);
    expect(formatPairingCode(code)).toMatch(/^(?:[0-9A-HJKMNP-TV-Z]{4}-){5}[0-9A-HJKMNP-TV-Z]{4}$/);
  });

  it('tells of any one mistyped character before anything is sent', () => {
    const code = newPairingCode(randomBytes);
    for (let index = 0; index < code.length; index += 1) {
      for (const symbol of ALPHABET) {
        if (symbol === code[index]) continue;
        expect(parsePairingCode(code.slice(0, index) + symbol + code.slice(index + 1))).toBeNull();
      }
    }
    expect(parsePairingCode('')).toBeNull();
    expect(parsePairingCode(`${code}0`)).toBeNull();
  });
});

async function hosting(worker: TestWorker) {
  const host = testDevice(worker);
  const joiner = testDevice(worker);
  await createdWorkspace(host);
  const started = await host.client.startPairing();
  if (!started.ok) throw new Error(started.error);
  const code = started.value.code ?? '';
  const join = (device = joiner) =>
    device.client.joinWorkspace({ workerUrl: WORKER_URL, code, deviceName: 'Second' });
  const pairingOf = (device: typeof host) => device.client.pairing();
  return { host, joiner, code, join, pairingOf };
}

afterEach(() => {
  vi.useRealTimers();
});

describe('pairing', () => {
  it('gives membership only after the first device has confirmed', async () => {
    const { host, joiner, join, pairingOf } = await hosting(testWorker());
    await join();
    const check = await until(async () => (await pairingOf(joiner))?.check);
    expect(await until(async () => (await pairingOf(host))?.check)).toBe(check);
    expect((await pairingOf(host))?.deviceName).toBe('Second');
    expect((await joiner.client.status()).workspace).toBeNull();
    await host.client.confirmPairing();
    await until(async () => (await pairingOf(joiner))?.phase === 'done');
    for (const { store } of [host, joiner]) expect(store.kv.has('sync-pairing')).toBe(false);
    const people = await joiner.client.people();
    const devices = people.ok ? people.value.members.flatMap((member) => member.devices) : [];
    expect(devices.map(({ name, isThis }) => ({ name, isThis }))).toEqual(
      expect.arrayContaining([
        { name: 'First', isThis: false },
        { name: 'Second', isThis: true },
      ]),
    );
  });

  it('cannot be confirmed before another device has answered', async () => {
    const { host } = await hosting(testWorker());
    expect(await host.client.confirmPairing()).toMatchObject({ ok: false });
  });

  it('survives closed pages and ended backgrounds in between', async () => {
    const { host, joiner, join, pairingOf } = await hosting(testWorker());
    const hostAgain = host.restart();
    await join();
    const joinerAgain = joiner.restart();
    await hostAgain.client.attend();
    await joinerAgain.client.attend();
    await until(async () => (await pairingOf(hostAgain))?.check);
    await until(async () => (await pairingOf(joinerAgain))?.check);
    await hostAgain.restart().client.confirmPairing();
    await joinerAgain.client.attend();
    await until(async () => (await joinerAgain.client.status()).workspace);
  });

  it('says which of the things that go wrong it was', async () => {
    const worker = testWorker();
    const { host, joiner, join, code, pairingOf } = await hosting(worker);
    const typed = { workerUrl: WORKER_URL, deviceName: 'Second' };
    expect(await joiner.client.joinWorkspace({ ...typed, code: `${code.slice(0, -1)}?` })).toEqual({
      ok: false,
      error: 'code-mistyped',
    });
    const otherCode = formatPairingCode(newPairingCode(randomBytes));
    expect(await joiner.client.joinWorkspace({ ...typed, code: otherCode })).toEqual({
      ok: false,
      error: 'code-unknown',
    });
    expect(
      await joiner.client.joinWorkspace({ ...typed, workerUrl: 'http://sync.example', code }),
    ).toEqual({
      ok: false,
      error: 'worker-url-invalid',
    });
    await join();
    const third = testDevice(worker);
    expect(await join(third)).toEqual({ ok: false, error: 'code-used' });
    expect(await join(host)).toEqual({ ok: false, error: 'already-member' });
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 121_000 });
    await until(async () => (await pairingOf(host))?.problem === 'expired');
    await until(async () => (await pairingOf(joiner))?.problem === 'expired');
    expect(await host.client.confirmPairing()).toMatchObject({ ok: false, error: 'expired' });
  });

  it('expires by the worker, however wrong a device believes the time to be', async () => {
    const worker = testWorker();
    const host = testDevice(worker, { skewMs: -5 * 365 * 86_400_000 });
    const joiner = testDevice(worker, { skewMs: 86_400_000 });
    await createdWorkspace(host);
    const [first, second] = await pair(host, joiner);
    expect(first).toBe(second);
  });

  it('is stopped when someone who knows the code puts a key of their own in between', async () => {
    const worker = testWorker();
    const { host, joiner, code, join, pairingOf } = await hosting(worker);
    const parsed = parsePairingCode(code);
    if (!parsed) throw new Error('the code was not read');
    const { slot, boxKey } = await derivePairingSecrets(parsed);
    // On its way into the slot, the joiner's answer is opened and its public key replaced.
    worker.intercept = async (path, send) =>
      send().then((response) => (path.endsWith('/read') ? swap(response) : response));
    async function swap(response: Response): Promise<Response> {
      const body = (await response.clone().json()) as { answer?: string; offer?: string };
      const answer =
        body.answer && (await openPart(boxKey, slot, 'answer', body.answer, answerSchema));
      if (!answer) return response;
      const forged = { ...answer, publicKey: Buffer.from(randomBytes(32)).toString('base64url') };
      const isHostReading = !('reveal' in body);
      return isHostReading
        ? Response.json({
            ...body,
            answer: await sealPart(boxKey, slot, 'answer', forged, randomBytes),
          })
        : response;
    }
    await join();
    const hostCheck = await until(async () => (await pairingOf(host))?.check);
    const joined = await until(async () => {
      const view = await pairingOf(joiner);
      return view?.check ?? view?.problem;
    });
    expect(joined).not.toBe(hostCheck);
  });

  it('lets the worker see neither code nor key nor device name', async () => {
    const worker = testWorker();
    const bodies: string[] = [];
    const fetch: TestWorker['fetch'] = async (url, init) => {
      bodies.push(
        `${url} ${JSON.stringify(init.headers)} ${typeof init.body === 'string' ? init.body : ''}`,
      );
      const response = await worker.fetch(url, init);
      bodies.push(await response.clone().text());
      return response;
    };
    const host = testDevice({ fetch });
    const joiner = testDevice({ fetch });
    await createdWorkspace(host);
    const started = await host.client.startPairing();
    await pair(host, joiner);
    const seen = bodies.join('\n');
    expect(started.ok && seen.includes((started.value.code ?? '').replaceAll('-', ''))).toBe(false);
    expect(seen).not.toContain('Second');
    expect(seen).toContain('"type":"slot"');
  });

  it('brings back a device that left without the worker hearing of it', async () => {
    const worker = testWorker();
    const { host, joiner } = await hosting(worker);
    await pair(host, joiner);
    worker.intercept = () => Promise.reject(new TypeError('no network'));
    await joiner.client.leaveWorkspace();
    expect(await joiner.client.status()).toMatchObject({ state: 'none', workspace: null });
    worker.intercept = null;
    await joiner.client.cancelPairing();
    await pair(host, joiner);
    expect(await joiner.client.status()).toMatchObject({ state: 'idle', problem: null });
  });
});
