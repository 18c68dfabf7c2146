import { describe, expect, it } from 'vitest';
import { clientCardHandlers } from '../../../extension/features/client-card/background.ts';
import type {
  CardAnswer,
  ClientCardMessages,
} from '../../../extension/features/client-card/messages.ts';
import { answerCard } from '../../../extension/features/client-card/read-card.ts';
import { createSettingsModel } from '../../../extension/features/settings/model.ts';
import { failed, type Answer } from '../../../extension/messaging/messages.ts';
import { createReceiver } from '../../../extension/messaging/receive.ts';
import {
  addClient,
  addContact,
  countingBytes,
  NOW,
  send as sendAll,
  testDevice,
  type TestDevice,
} from '../db/support/device.ts';

const ME = 'me@mine.example';
const ANNA = { account: ME, name: 'Anna Virtanen' };

const depsOf = ({ db, writer }: TestDevice) => ({
  db,
  writer,
  now: () => NOW,
  randomBytes: countingBytes(),
  freeMailDomains: async () => new Set<string>(),
  language: async () => ({ locale: 'en', direction: 'ltr' as const, catalogue: {} }),
  panelStyles: async () => '',
});

interface Named {
  readonly name?: string;
  readonly account?: string;
  readonly role?: 'sender' | 'recipient';
  readonly people?: readonly string[];
}

/** Who is only named, as a host page tells: a sender with this name, to one's own address. */
const openNamed = (
  device: TestDevice,
  { name = ANNA.name, account = ME, role = 'sender', people = [] }: Named = {},
): Promise<CardAnswer> =>
  answerCard(depsOf(device), {
    account,
    people: [
      { address: ME, name: '', role: 'recipient' },
      ...people.map((address) => ({ address, name: '', role: 'cc' as const })),
    ],
    named: [{ name, role }],
    source: null,
  });

/** As a content script asks. */
async function ask<Name extends keyof ClientCardMessages>(
  device: TestDevice,
  name: Name,
  input: ClientCardMessages[Name][0],
): Promise<Answer<unknown>> {
  const receive = createReceiver(clientCardHandlers(depsOf(device)), () => failed('unexpected'));
  return receive({ name, input }, { isExtensionPage: false, tabId: 1 });
}

async function withAnna(): Promise<TestDevice> {
  const device = await testDevice();
  await device.writer.write([
    addClient('client-1', { name: 'Acme' }),
    addContact('contact-1', 'client-1', {
      name: 'Anna Virtanen',
      emails: { 'anna@acme.example': true },
    }),
    addClient('client-2', { name: 'Harbour' }),
    addContact('contact-2', 'client-2', { name: 'Dan', emails: { 'dan@harbour.example': true } }),
  ]);
  return device;
}

const sayOf =
  (isSame: boolean) =>
  (device: TestDevice, contactId = 'contact-1', seenAs = ANNA) =>
    ask(device, 'name.answer', { seenAs, contactId, isSame });
const sayYes = sayOf(true);
const sayNo = sayOf(false);
const anna = { kind: 'known', card: { clientId: 'client-1', contactId: 'contact-1' } };

describe('a sender whose address the page does not tell', () => {
  it('is asked about when a contact has the name, however it is written', async () => {
    const device = await withAnna();
    expect(await openNamed(device, { name: 'Virtanen, Anna (Acme)' })).toEqual({
      kind: 'unsure',
      question: {
        seenAs: { account: ME, name: 'Virtanen, Anna (Acme)' },
        contactId: 'contact-1',
        personName: 'Anna Virtanen',
        clientName: 'Acme',
      },
    });
  });

  it('has their card after a yes, and is not asked about again', async () => {
    const device = await withAnna();
    expect(await sayYes(device)).toMatchObject({ ok: true });
    expect(await openNamed(device)).toMatchObject(anna);
    expect(await openNamed(device, { name: 'VIRTANEN, ANNA' })).toMatchObject(anna);
  });

  it('keeps the yes when the contact is renamed in the book', async () => {
    const device = await withAnna();
    await sayYes(device);
    await device.writer.write([
      { table: 'contacts', id: 'contact-1', patch: { name: 'Anna Salo' } },
    ]);
    expect(await openNamed(device)).toMatchObject(anna);
  });

  it('is not asked about after a no, in this mailbox, and is asked about in another one', async () => {
    const device = await withAnna();
    await sayNo(device);
    expect(await openNamed(device)).toMatchObject({
      kind: 'unknown',
      suggestion: { address: null, personName: 'Anna Virtanen', seenAs: ANNA },
    });
    expect(await openNamed(device, { account: 'other@mine.example' })).toMatchObject({
      kind: 'unsure',
    });
  });

  it('is asked about the next of two contacts with the name, after a no', async () => {
    const device = await withAnna();
    await device.writer.write([
      addContact('contact-9', 'client-2', { name: 'Anna Virtanen', hasLeft: true }),
    ]);
    expect(await openNamed(device)).toMatchObject({ question: { contactId: 'contact-1' } });
    await sayNo(device);
    expect(await openNamed(device)).toMatchObject({ question: { contactId: 'contact-9' } });
    await sayNo(device, 'contact-9');
    expect(await openNamed(device)).toMatchObject({ kind: 'unknown' });
  });

  it('is nobody once the name is not to be asked about', async () => {
    const device = await testDevice();
    expect(await openNamed(device)).toMatchObject({ kind: 'unknown' });
    expect(await ask(device, 'never.add', { seenAs: ANNA })).toMatchObject({ ok: true });
    expect(await openNamed(device)).toEqual({ kind: 'nobody' });
  });

  it('comes before whom they wrote to, and a stranger by name does not hide a client', async () => {
    const device = await withAnna();
    await sayYes(device);
    expect(await openNamed(device, { people: ['dan@harbour.example'] })).toMatchObject({
      ...anna,
      others: [{ clientId: 'client-2' }],
    });
    const stranger = { name: 'Somebody Else', people: ['dan@harbour.example'] };
    expect(await openNamed(device, stranger)).toMatchObject({ card: { clientId: 'client-2' } });
  });

  it('who did not write, or not alone, is asked about when nobody else is known', async () => {
    const device = await withAnna();
    const recipient = { role: 'recipient', people: ['dan@harbour.example'] } as const;
    expect(await openNamed(device, recipient)).toMatchObject({ card: { clientId: 'client-2' } });
    expect(await openNamed(device, { role: 'recipient' })).toMatchObject({ kind: 'unsure' });
  });
});

it('who wrote as well, under a name alone, does not hide a client who wrote', async () => {
  const device = await withAnna();
  const people = [{ address: 'dan@harbour.example', name: 'Dan', role: 'sender' as const }];
  const named = [{ name: ANNA.name, role: 'sender' as const }];
  expect(
    await answerCard(depsOf(device), { account: ME, people, named, source: null }),
  ).toMatchObject({ card: { clientId: 'client-2' } });
});

describe('an answer about a name', () => {
  it('can be taken back by its undo, and is then asked for again', async () => {
    const device = await withAnna();
    const answer = await sayYes(device);
    const { undoToken } = (answer as { readonly value: { readonly undoToken: string } }).value;
    await device.writer.undo(undoToken);
    expect(await openNamed(device)).toMatchObject({ kind: 'unsure' });
  });

  it('is listed in the settings with whom it is about, and not once it was taken back', async () => {
    const device = await withAnna();
    await sayYes(device);
    const model = createSettingsModel(device.db);
    await model.load();
    expect(model.names.value).toMatchObject([
      { isSame: true, account: ME, person: { name: 'Anna Virtanen', clientName: 'Acme' } },
    ]);
    const key = model.names.value[0]?.key ?? '';
    await device.writer.write([
      { table: 'settings', id: 'settings', patch: { nameAnswers: { [key]: false } } },
    ]);
    await model.load();
    expect(model.names.value).toEqual([]);
    expect(await openNamed(device)).toMatchObject({ kind: 'unsure' });
  });

  it('cannot give a name to somebody who is called otherwise', async () => {
    const device = await withAnna();
    expect(await sayYes(device, 'contact-2')).toMatchObject({ ok: false });
    expect(await sayYes(device, 'contact-none')).toMatchObject({ ok: false });
  });

  it('reaches the other device', async () => {
    const [here, there] = [await withAnna(), await testDevice()];
    await sayYes(here);
    await sendAll(here, there);
    expect(await openNamed(there)).toMatchObject(anna);
  });
});

describe('somebody who is only named', () => {
  it('can be added as a client, and is known again by the name', async () => {
    const device = await testDevice();
    const client = {
      clientName: 'Virtanen Oy',
      personName: 'Anna V.',
      address: null,
      domain: null,
    };
    expect(await ask(device, 'client.add', { ...client, seenAs: ANNA })).toMatchObject({
      ok: true,
    });
    expect(await openNamed(device)).toMatchObject({
      kind: 'known',
      card: { name: 'Virtanen Oy', contacts: [{ name: 'Anna V.', addresses: [] }] },
    });
  });

  it('can be added to a client that is there', async () => {
    const device = await withAnna();
    const person = { clientId: 'client-2', personName: 'Eve Ode', address: null };
    const seenAs = { account: ME, name: 'Eve Ode' };
    expect(await ask(device, 'contact.attach', { ...person, seenAs })).toMatchObject({ ok: true });
    expect(await openNamed(device, { name: 'Eve Ode' })).toMatchObject({
      card: { clientId: 'client-2' },
    });
  });
});
