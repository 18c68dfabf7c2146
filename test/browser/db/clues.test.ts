import { describe, expect, it } from 'vitest';
import { findNamesakes, matchClues, type PageClues } from '../../../extension/db/clue-query.ts';
import { matchPeople } from '../../../extension/db/card-query.ts';
import { addClient, addContact, testDevice, type TestDevice } from './support/device.ts';

const NOTHING: PageClues = { profiles: [], phones: [], domain: null };
const noFreeMail = (): Promise<ReadonlySet<string>> => Promise.resolve(new Set());
const set = (name: string): object => ({ [name]: true });

async function book(): Promise<TestDevice> {
  const device = await testDevice();
  await device.writer.write([
    addClient('client-1', { domains: set('levi.example') }),
    addClient('client-2', { domains: set('free.example') }),
    addContact('contact-1', 'client-1', {
      name: 'Noa Lévi',
      phones: set('+972 54-123-4567'),
      profiles: set('linkedin:noa-levi'),
    }),
    addContact('contact-2', 'client-2', { name: 'Ari', phones: set('+1 212 555 0100') }),
  ]);
  return device;
}

async function found({ db }: TestDevice, clues: Partial<PageClues>): Promise<string[]> {
  const matches = await matchClues(db, { ...NOTHING, ...clues }, () =>
    Promise.resolve(new Set(['free.example'])),
  );
  return matches.map(({ clientId, contactId }) => `${clientId}/${contactId ?? ''}`);
}

describe('who is on a page without addresses', () => {
  it('is answered by the profile', async () => {
    const device = await book();
    expect(await found(device, { profiles: ['linkedin:noa-levi'] })).toEqual([
      'client-1/contact-1',
    ]);
    expect(await found(device, { profiles: ['linkedin:noa'] })).toEqual([]);
  });

  it('is answered by a phone, however it is written, and not by one that only ends alike', async () => {
    const device = await book();
    expect(await found(device, { phones: ['054 1234567'] })).toEqual(['client-1/contact-1']);
    expect(await found(device, { phones: ['+1 312 555 0100'] })).toEqual([]);
  });

  it('is answered by whose site it is, except where anybody can have an address', async () => {
    const device = await book();
    expect(await found(device, { domain: 'shop.levi.example' })).toEqual(['client-1/']);
    expect(await found(device, { domain: 'mail.free.example' })).toEqual([]);
    expect(await found(device, { domain: 'notlevi.example' })).toEqual([]);
  });

  it('names everybody once, the surest first, and an address before all of them', async () => {
    const device = await book();
    const clues = { domain: 'levi.example', phones: ['0541234567', '+12125550100'] };
    expect(await found(device, clues)).toEqual(['client-1/contact-1', 'client-2/contact-2']);
    const also = await matchClues(device.db, { ...NOTHING, ...clues }, noFreeMail);
    const { matches, card } = await matchPeople(device.db, ['x@free.example'], also);
    expect(matches[0]?.clientId).toBe('client-2');
    expect(card?.client.id).toBe('client-2');
  });

  it('forgets what was taken off, and who was deleted', async () => {
    const device = await book();
    await device.writer.write([
      { table: 'contacts', id: 'contact-1', patch: { profiles: { 'linkedin:noa-levi': false } } },
      { table: 'contacts', id: 'contact-2', patch: { deleted: true } },
    ]);
    expect(await found(device, { profiles: ['linkedin:noa-levi'] })).toEqual([]);
    expect(await found(device, { phones: ['+12125550100'] })).toEqual([]);
  });

  it('is not answered by a name, but the namesakes can be asked about', async () => {
    const { db } = await book();
    const [first, ...others] = await findNamesakes(db, 'noa LEVI');
    expect(first).toMatchObject({ contactId: 'contact-1', personName: 'Noa Lévi' });
    expect(others).toEqual([]);
    expect(await findNamesakes(db, 'Noa')).toEqual([]);
    expect(await findNamesakes(db, '')).toEqual([]);
  });
});
