import { describe, expect, it } from 'vitest';
import { promiseHandlers } from '../../../extension/features/promises/background.ts';
import type { NewPromise } from '../../../extension/features/promises/messages.ts';
import { isLive } from '../../../extension/db/stored-row.ts';
import { createReceiver } from '../../../extension/messaging/receive.ts';
import { failed } from '../../../extension/messaging/messages.ts';
import { NOW, addClient, countingBytes, send, testDevice } from '../db/support/device.ts';

const panel = { isExtensionPage: false, tabId: 7 };
const quote: NewPromise = {
  clientId: 'client-1',
  contactId: null,
  direction: 'ours',
  what: 'Quote for phase 2',
  dueOn: '2026-11-27',
  sentence: 'I’ll send you the quote by Friday.',
  subject: 'Phase 2',
  threadUrl: 'https://mail.example/#all/1',
};

async function ready() {
  const device = await testDevice();
  await device.writer.write([
    addClient('client-1', { language: 'fi', timeZone: 'Europe/Helsinki' }),
  ]);
  const toolsIn: number[] = [];
  const receive = createReceiver(
    promiseHandlers({
      db: device.db,
      writer: device.writer,
      now: () => NOW,
      randomBytes: countingBytes(),
      browserLanguage: () => 'en-GB',
      putToolsInto: async (tabId) => {
        toolsIn.push(tabId);
      },
    }),
    (name) => failed('unexpected', name),
  );
  const ask = (name: string, input: unknown) => receive({ name, input }, panel);
  return { device, ask, toolsIn };
}

describe('a promise', () => {
  it('is kept with its sentence and thread, and nothing that is empty', async () => {
    const { device, ask } = await ready();
    await ask('promise.add', quote);
    await ask('promise.add', { ...quote, dueOn: null, sentence: '', subject: '', threadUrl: null });
    const [first, second] = await device.db.promises.toArray();
    const { contactId: _, ...said } = quote;
    expect(first).toMatchObject({ ...said, createdAt: NOW });
    expect(first).not.toHaveProperty('contactId');
    expect(Object.keys(second ?? {}).toSorted()).toEqual(
      ['clientId', 'createdAt', 'direction', 'id', 'meta', 'openFor', 'what'].toSorted(),
    );
  });

  it('is settled with its time, and opened again by undo, on the other device too', async () => {
    const { device, ask } = await ready();
    const other = await testDevice();
    await ask('promise.add', quote);
    const [row] = await device.db.promises.toArray();
    const answer = await ask('promise.change', { id: row?.id, status: 'kept' });
    await send(device, other);
    expect(await other.db.promises.toArray()).toMatchObject([{ status: 'kept', settledAt: NOW }]);
    expect((await other.db.standings.get('client-1'))?.promises).toBeUndefined();
    if (!answer.ok) throw new Error('the promise was not settled');
    await device.writer.undo((answer.value as { undoToken: string }).undoToken);
    await send(device, other, 10);
    const [theirs] = await other.db.promises.toArray();
    expect(theirs?.status ?? 'open').toBe('open');
    expect((await device.db.standings.get('client-1'))?.promises?.count).toBe(1);
  });

  it('that is removed is gone from the card, and its row stays for the others to hear of it', async () => {
    const { device, ask } = await ready();
    await ask('promise.add', quote);
    const [row] = await device.db.promises.toArray();
    await ask('promise.change', { id: row?.id, isRemoved: true });
    expect((await device.db.promises.toArray()).map(isLive)).toEqual([false]);
    expect((await device.db.standings.get('client-1'))?.promises).toBeUndefined();
    expect(await ask('promise.change', { id: row?.id, status: 'kept' })).toMatchObject({
      ok: false,
      error: { code: 'not-found' },
    });
  });

  it.each([
    ['an empty one', { what: '   ' }],
    ['a day that is none', { dueOn: '2026-02-31' }],
    ['a third direction', { direction: 'both' }],
    ['a link that is none', { threadUrl: 'javascript:alert(1)' }],
    ['a sentence without end', { sentence: 'x'.repeat(501) }],
    ['a field that nobody asked for', { deleted: true }],
  ])('is refused: %s', async (_, patch) => {
    const { device, ask } = await ready();
    expect(await ask('promise.add', { ...quote, ...patch })).toMatchObject({
      ok: false,
      error: { code: 'bad-request' },
    });
    expect(await device.db.promises.count()).toBe(0);
  });

  it('is not made for a client that is not there', async () => {
    const { ask } = await ready();
    expect(await ask('promise.add', { ...quote, clientId: 'client-9' })).toMatchObject({
      ok: false,
      error: { code: 'not-found' },
    });
  });
});

describe('the tools', () => {
  it('go into the tab that asks, with how the client reckons days', async () => {
    const { ask, toolsIn } = await ready();
    expect(await ask('promise.tools', { clientId: 'client-1' })).toEqual({
      ok: true,
      value: { timeZone: 'Europe/Helsinki', language: 'fi' },
    });
    expect(await ask('promise.tools', { clientId: 'client-9' })).toEqual({
      ok: true,
      value: { timeZone: null, language: 'en-GB' },
    });
    expect(toolsIn).toEqual([7, 7]);
  });
});
