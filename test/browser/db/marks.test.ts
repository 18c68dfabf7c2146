import { describe, expect, it } from 'vitest';
import { listMarksHandlers } from '../../../extension/features/list-marks/background.ts';
import { createReceiver } from '../../../extension/messaging/receive.ts';
import { failed } from '../../../extension/messaging/messages.ts';
import {
  addClient,
  addContact,
  addPromise,
  DAY_MS,
  log,
  NOW,
  testDevice,
  type TestDevice,
} from './support/device.ts';

const PAGE = { isExtensionPage: false, tabId: 1 };

async function ask({ db }: TestDevice, addresses: readonly unknown[]): Promise<unknown> {
  const receive = createReceiver(listMarksHandlers({ db, now: () => NOW }), () =>
    failed('unexpected'),
  );
  return receive({ name: 'marks.read', input: { addresses } }, PAGE);
}

async function withBook(): Promise<TestDevice> {
  const device = await testDevice();
  await device.writer.write([
    addClient('client-levi', { domains: { 'levi.example': true }, tier: 'A' }),
    addContact('contact-noa', 'client-levi', { emails: { 'noa@levi.example': true } }),
    log('log-noa-1', 'client-levi', { at: NOW - 20 * DAY_MS }),
    addClient('client-dan', { name: 'Harbour', status: 'paused' }),
    addContact('contact-dan', 'client-dan', { emails: { 'dan@harbour.example': true } }),
  ]);
  return device;
}

const levi = { clientId: 'client-levi', name: 'Levi & Sons', strength: 'due', promise: null };

describe('the marks of a list', () => {
  it('are answered in the order of the question, by address and by domain', async () => {
    const device = await withBook();
    const addresses = [
      'kim@levi.example',
      'x@x.example',
      'dan@harbour.example',
      'noa@levi.example',
    ];
    expect(await ask(device, addresses)).toEqual({
      ok: true,
      value: [
        levi,
        null,
        { clientId: 'client-dan', name: 'Harbour', strength: 'none', promise: null },
        levi,
      ],
    });
  });

  it('are none for a client that was deleted', async () => {
    const device = await withBook();
    await device.writer.write([{ table: 'clients', id: 'client-levi', patch: { deleted: true } }]);
    expect(await ask(device, ['noa@levi.example'])).toEqual({ ok: true, value: [null] });
  });

  it('name the open promise that is due first, and none that is put off or settled', async () => {
    const device = await withBook();
    const mark = async (): Promise<unknown> => {
      const answer = await ask(device, ['noa@levi.example']);
      return typeof answer === 'object' && answer && 'value' in answer ? answer.value : answer;
    };
    await device.writer.write([
      addPromise('promise-1', 'client-levi', { dueOn: '2026-11-30' }),
      addPromise('promise-2', 'client-levi', { direction: 'theirs', dueOn: '2026-11-25' }),
    ]);
    expect(await mark()).toMatchObject([{ promise: { id: 'promise-2', direction: 'theirs' } }]);
    await device.writer.write([
      { table: 'promises', id: 'promise-1', patch: { snoozedUntil: '2026-12-01' } },
      { table: 'promises', id: 'promise-2', patch: { status: 'kept' } },
    ]);
    expect(await mark()).toEqual([levi]);
  });

  it('go on for the others where one address is none at all', async () => {
    const device = await withBook();
    const odd = ['<img src=x onerror=alert(1)>@levi.example', '', 'NOA@Levi.example'];
    expect(await ask(device, odd)).toEqual({ ok: true, value: [null, null, levi] });
  });

  it('are refused for more addresses than a list can have, or what is no address', async () => {
    const device = await withBook();
    const many = Array.from({ length: 500 }, () => 'a@b.example');
    expect(await ask(device, many)).toMatchObject({ ok: false });
    expect(await ask(device, [{ toString: 'noa@levi.example' }])).toMatchObject({ ok: false });
  });
});
