import { describe, expect, it } from 'vitest';
import { clientCardHandlers } from '../../../extension/features/client-card/background.ts';
import type { CardAnswer } from '../../../extension/features/client-card/messages.ts';
import { answerCard, cardOfClient } from '../../../extension/features/client-card/read-card.ts';
import { createReceiver } from '../../../extension/messaging/receive.ts';
import { failed } from '../../../extension/messaging/messages.ts';
import {
  NOW,
  addClient,
  addContact,
  countingBytes,
  log,
  send,
  testDevice,
  type TestDevice,
} from '../db/support/device.ts';

const ME = 'me@mine.example';
const NOA = 'noa@levi.example';

const depsOf = ({ db, writer }: TestDevice) => ({
  db,
  writer,
  now: () => NOW,
  randomBytes: countingBytes(),
  freeMailDomains: async () => new Set(['freemail.example']),
  language: async () => ({ locale: 'en', direction: 'ltr' as const, catalogue: {} }),
  panelStyles: async () => '',
});
const ask = async (device: TestDevice, ...addresses: readonly string[]): Promise<CardAnswer> =>
  answerCard(depsOf(device), {
    account: ME,
    people: addresses.map((address) => ({ address, name: '' })),
    source: 'gmail:1',
  });

async function withLevi(): Promise<TestDevice> {
  const device = await testDevice();
  await device.writer.write([
    addClient('client-1', { domains: { 'levi.example': true } }),
    addContact('contact-1', 'client-1', { emails: { [NOA]: true } }),
    addClient('client-2', { name: 'Harbour' }),
    addContact('contact-2', 'client-2', { emails: { 'dan@harbour.example': true } }),
  ]);
  return device;
}

describe('the card', () => {
  it('is of the first known person, with the others one click away', async () => {
    const device = await withLevi();
    const answer = await ask(
      device,
      ME,
      'stranger@x.example',
      'dan@harbour.example',
      NOA,
      'kim@levi.example',
    );
    expect(answer).toMatchObject({
      kind: 'known',
      card: { clientId: 'client-2', contactId: 'contact-2', loggedAt: null },
      others: [{ clientId: 'client-1', name: 'Levi & Sons' }],
      newPerson: null,
    });
  });

  it('is never of the account that is reading', async () => {
    const device = await withLevi();
    await device.writer.write([addContact('contact-9', 'client-2', { emails: { [ME]: true } })]);
    expect(await ask(device, ME)).toEqual({ kind: 'nobody' });
    expect(await ask(device, ME, NOA)).toMatchObject({
      kind: 'known',
      card: { clientId: 'client-1' },
    });
  });

  it('offers to add the person when only the domain is known', async () => {
    const answer = await ask(await withLevi(), 'kim@levi.example');
    expect(answer).toMatchObject({
      kind: 'known',
      card: { clientId: 'client-1', contactId: null },
      newPerson: { address: 'kim@levi.example', personName: 'Kim' },
    });
  });

  it('suggests a client with a domain for a company, and without one for free mail', async () => {
    const device = await withLevi();
    expect(await ask(device, 'ada@quarry.co.il')).toMatchObject({
      kind: 'unknown',
      suggestion: { clientName: 'Quarry', domain: 'quarry.co.il' },
    });
    expect(await ask(device, 'ada.smith@freemail.example')).toMatchObject({
      kind: 'unknown',
      suggestion: { clientName: 'Ada Smith', domain: null },
    });
  });

  it('leaves alone whom the user never wants to log, and goes on to the next', async () => {
    const device = await withLevi();
    const handlers = clientCardHandlers(depsOf(device));
    const asker = { isExtensionPage: false, tabId: 1 };
    await handlers['never.add'].run({ address: 'ada@quarry.example' }, asker);
    await handlers['never.add'].run({ domain: 'news.example' }, asker);
    expect(await ask(device, 'ada@quarry.example', 'x@mail.news.example')).toEqual({
      kind: 'nobody',
    });
    expect(await ask(device, 'ada@quarry.example', 'bo@quarry.example')).toMatchObject({
      kind: 'unknown',
      suggestion: { address: 'bo@quarry.example' },
    });
    await device.writer.undo('token-2');
    expect(await ask(device, 'ada@quarry.example')).toMatchObject({ kind: 'unknown' });
  });

  it('says when the message was logged, until that is undone', async () => {
    const device = await withLevi();
    const { undoToken } = await device.writer.write([
      log('mail-0001', 'client-1', { source: 'gmail:1' }),
    ]);
    expect(await ask(device, NOA)).toMatchObject({ card: { loggedAt: NOW, interactionCount: 1 } });
    await device.writer.undo(undoToken);
    expect(await ask(device, NOA)).toMatchObject({ card: { loggedAt: null, interactionCount: 0 } });
  });

  it('goes back to a suggestion when adding the client is undone', async () => {
    const device = await testDevice();
    const handlers = clientCardHandlers(depsOf(device));
    const added = await handlers['client.add'].run(
      { clientName: 'Levi', personName: ' ', address: NOA, domain: 'levi.example' },
      { isExtensionPage: false, tabId: 1 },
    );
    expect(added).toMatchObject({ ok: true, value: { clientName: 'Levi' } });
    expect(await ask(device, NOA)).toMatchObject({
      kind: 'known',
      card: { contacts: [{ name: NOA }] },
    });
    await device.writer.undo(added.ok ? added.value.undoToken : '');
    expect(await ask(device, NOA)).toMatchObject({ kind: 'unknown' });
  });
});

describe('interests', () => {
  const asker = { isExtensionPage: false, tabId: 1 };
  const interestsOn = async (device: TestDevice): Promise<readonly string[] | undefined> =>
    (await cardOfClient(depsOf(device), 'client-1', null))?.interests.toSorted();
  const save = async (device: TestDevice, interests: Readonly<Record<string, boolean>>) => {
    const receive = createReceiver(clientCardHandlers(depsOf(device)), () => failed('unexpected'));
    const input = { clientId: 'client-1', interests };
    return receive({ name: 'client.edit', input }, asker);
  };

  it('are on the card, and go when that is undone', async () => {
    const device = await withLevi();
    expect(await interestsOn(device)).toEqual([]);
    expect(await save(device, { golf: true, 'modern art': true })).toMatchObject({ ok: true });
    expect(await interestsOn(device)).toEqual(['golf', 'modern art']);
    await save(device, { golf: false });
    expect(await interestsOn(device)).toEqual(['modern art']);
    await device.writer.undo('token-3');
    expect(await interestsOn(device)).toEqual(['golf', 'modern art']);
  });

  it('added on two devices are all there after they have met', async () => {
    const one = await withLevi();
    const other = await testDevice();
    await send(one, other);
    await save(one, { golf: true });
    await save(other, { wine: true });
    await send(one, other, 100);
    await send(other, one, 200);
    expect(await interestsOn(one)).toEqual(['golf', 'wine']);
    expect(await interestsOn(other)).toEqual(['golf', 'wine']);
  });

  it.each(['', 'x'.repeat(61)])('refuse %j', async (word) => {
    const device = await withLevi();
    expect(await save(device, { [word]: true })).toMatchObject({
      ok: false,
      error: { code: 'bad-request' },
    });
    expect(await interestsOn(device)).toEqual([]);
  });

  it.each(['__proto__', 'constructor'])(
    'pass over %j, and keep what is beside it',
    async (word) => {
      const device = await withLevi();
      await save(device, JSON.parse(`{${JSON.stringify(word)}: true, "golf": true}`));
      expect(await interestsOn(device)).toEqual(['golf']);
      await save(device, JSON.parse(`{${JSON.stringify(word)}: true}`));
      expect(await interestsOn(device)).toEqual(['golf']);
    },
  );
});

describe('a question from a page', () => {
  it('is answered for the readable people when one address is odd, in whatever case', async () => {
    const device = await withLevi();
    const receive = createReceiver(clientCardHandlers(depsOf(device)), () => failed('unexpected'));
    const people = [
      { address: 'not an address', name: 'x' },
      { address: ' Noa@Levi.EXAMPLE ', name: 'Noa' },
    ];
    const input = { account: 'ME@mine.example', people, source: null };
    const asker = { isExtensionPage: false, tabId: 1 };
    expect(await receive({ name: 'card.open', input }, asker)).toMatchObject({
      ok: true,
      value: { kind: 'known', card: { contactId: 'contact-1' } },
    });
    for (const message of [
      null,
      {},
      { name: '__proto__', input },
      { name: 'card.open', input: null },
    ]) {
      expect(await receive(message, asker)).toMatchObject({
        ok: false,
        error: { code: 'bad-request' },
      });
    }
  });
});
