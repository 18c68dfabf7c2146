import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { expect, onTestFinished, test } from 'vitest';
import { hexToBytes, textToBytes, type Bytes } from '../../shared/protocol/bytes.ts';
import { decodeFrame } from '../../shared/protocol/frame.ts';
import { createWorkspaceKeys } from '../../shared/protocol/keys.ts';
import { pullResultSchema, pushResultSchema } from '../../shared/protocol/messages.ts';
import { digestSchema } from '../../shared/protocol/history-messages.ts';
import { addToDigest, newDigest, sumOfAll } from '../../shared/protocol/digest.ts';
import { seal } from '../../shared/seal.ts';
import { createChildren } from '../support/children.ts';
import { createDevice, pushFrameOf, type WorkerDevice } from '../support/worker-device.ts';
import { startWorker } from '../support/worker.ts';
import { randomBytes } from '../unit/protocol/support/random.ts';

const BATCHES = 12;
const ROWS_IN_BATCH = 100;

/** One push after the other, as a device sends them, until the worker is gone. */
async function pushUntilGone(
  url: string,
  device: WorkerDevice,
  frames: readonly Bytes[],
  onAnswer: (count: number) => void,
): Promise<number> {
  let answered = 0;
  for (const frame of frames) {
    const response = await post(url, device, 'push', frame).catch(() => null);
    if (!response?.ok) return answered;
    const body = await response.arrayBuffer().catch(() => null);
    if (!body) return answered;
    answered += 1;
    onAnswer(answered);
  }
  return answered;
}

const post = (
  url: string,
  { workspace, headers }: WorkerDevice,
  path: string,
  body: Bytes | string,
): Promise<Response> =>
  fetch(`${url}/v1/workspaces/${workspace}/${path}`, { method: 'POST', headers, body });

async function makeFrames(device: WorkerDevice): Promise<readonly Bytes[]> {
  const keys = await createWorkspaceKeys(device.workspace, device.keyring);
  const frames: Bytes[] = [];
  for (let batch = 1; batch <= BATCHES; batch += 1) {
    const rows = [];
    for (let n = 0; n < ROWS_IN_BATCH; n += 1) {
      const name = await keys.rowKey('clients', `client-${batch}-${n}`);
      const plaintext = textToBytes(`{"batch":${batch},"n":${n}}`);
      const sealed = await seal(keys, device.owner.device.id, name, plaintext, randomBytes);
      const hash = await keys.contentHash(name, plaintext);
      rows.push({ rkey: hexToBytes(name), seq: null, hash, sealed });
    }
    frames.push(pushFrameOf(device, batch, 0, rows));
  }
  return frames;
}

async function headerOf<Header>(
  response: Response,
  schema: v.GenericSchema<unknown, Header>,
): Promise<Header> {
  const frame = decodeFrame(new Uint8Array(await response.arrayBuffer()));
  if (!frame.ok) throw new Error(frame.error);
  return v.parse(schema, frame.value.header);
}

test('a worker killed in the middle of a push has each batch whole or not at all', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'mainstay-crash-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  const children = createChildren();
  onTestFinished(() => children.stopAll());

  const worker = await startWorker({ children, persistTo: folder });
  const device = await createDevice(worker.url);
  const frames = await makeFrames(device);
  const killed = Promise.withResolvers<void>();
  const answered = await pushUntilGone(worker.url, device, frames, (count) => {
    // While the next one is on its way.
    if (count === BATCHES / 2) setTimeout(() => void worker.kill().then(killed.resolve), 3);
  });
  await killed.promise;
  expect(answered).toBeLessThan(BATCHES);

  const again = await startWorker({ children, persistTo: folder });
  const pull = { v: 1, type: 'pull', since: 0, epoch: device.epoch };
  const before = await headerOf(
    await post(again.url, device, 'pull', JSON.stringify(pull)),
    pullResultSchema,
  );
  expect(before.rows.length % ROWS_IN_BATCH).toBe(0);
  expect(before.rows.length).toBeGreaterThanOrEqual(answered * ROWS_IN_BATCH);

  // The device sends again what it has no answer to, and nothing is there twice.
  for (const frame of frames.slice(answered)) {
    const result = await headerOf(await post(again.url, device, 'push', frame), pushResultSchema);
    expect(result.results.every(({ status }) => status === 'accepted')).toBe(true);
  }
  const digest = newDigest();
  let since = 0;
  for (let isComplete = false; !isComplete;) {
    const page = await headerOf(
      await post(again.url, device, 'pull', JSON.stringify({ ...pull, since })),
      pullResultSchema,
    );
    for (const row of page.rows) addToDigest(digest, row);
    ({ next: since, isComplete } = page);
  }
  expect(sumOfAll(digest).count).toBe(BATCHES * ROWS_IN_BATCH);
  const stored = await fetch(`${again.url}/v1/workspaces/${device.workspace}/digest`, {
    headers: device.headers,
  });
  expect(v.parse(digestSchema, await stored.json())).toMatchObject(sumOfAll(digest));
});
