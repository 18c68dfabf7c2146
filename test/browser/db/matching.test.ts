import { describe, expect, it } from 'vitest';
import { domainsOf, matchPeople, readCard } from '../../../extension/db/card-query.ts';
import { searchClients } from '../../../extension/db/search-query.ts';
import { readBook } from '../../../extension/db/today-query.ts';
import { addClient, addContact, testDevice, type TestDevice } from './support/device.ts';

const domains = (...names: readonly string[]): object => ({
  domains: Object.fromEntries(names.map((name) => [name, true])),
});
const emails = (...names: readonly string[]): object => ({
  emails: Object.fromEntries(names.map((name) => [name, true])),
});
async function match({ db }: TestDevice, address: string): Promise<string | null> {
  const { matches } = await matchPeople(db, [address]);
  const [first] = matches;
  return first ? `${first.clientId}/${first.contactId ?? ''}` : null;
}

describe('who is this', () => {
  it('is answered by the address before the domain', async () => {
    const device = await testDevice();
    await device.writer.write([
      addClient('client-1', domains('levi.example')),
      addClient('client-2'),
      addContact('contact-1', 'client-2', emails('noa@levi.example')),
    ]);
    expect(await match(device, 'noa@levi.example')).toBe('client-2/contact-1');
    expect(await match(device, 'dan@levi.example')).toBe('client-1/');
    expect(await match(device, 'dan@elsewhere.example')).toBeNull();
  });

  it('is answered by the longest domain', async () => {
    const device = await testDevice();
    await device.writer.write([
      addClient('client-1', domains('levi.example')),
      addClient('client-2', domains('lab.levi.example')),
    ]);
    expect(await match(device, 'noa@eu.lab.levi.example')).toBe('client-2/');
    expect(await match(device, 'noa@shop.levi.example')).toBe('client-1/');
    expect(await match(device, 'noa@notlevi.example')).toBeNull();
  });

  it('is never answered by a suffix under which anybody can have a name', async () => {
    const device = await testDevice();
    await device.writer.write([addClient('client-1', domains('co.il', 'com.pl'))]);
    expect(await match(device, 'noa@levi.co.il')).toBeNull();
    expect(domainsOf('noa@mail.levi.co.il')).toEqual(['mail.levi.co.il', 'levi.co.il']);
    expect(domainsOf('noa@levi.example')).toEqual(['levi.example']);
    expect(domainsOf('noa@localhost')).toEqual([]);
  });

  it('prefers someone who is still there to someone who has left', async () => {
    const device = await testDevice();
    await device.writer.write([
      addClient('client-1'),
      addClient('client-2'),
      addContact('contact-1', 'client-1', { ...emails('info@levi.example'), hasLeft: true }),
      addContact('contact-2', 'client-2', emails('info@levi.example')),
    ]);
    expect(await match(device, 'info@levi.example')).toBe('client-2/contact-2');
    await device.writer.write([{ table: 'contacts', id: 'contact-2', patch: { deleted: true } }]);
    expect(await match(device, 'info@levi.example')).toBe('client-1/contact-1');
  });

  it('is never answered by a deleted row or an element that was taken out', async () => {
    const device = await testDevice();
    await device.writer.write([
      addClient('client-1', domains('levi.example', 'old.example')),
      addContact('contact-1', 'client-1', emails('noa@levi.example')),
    ]);
    await device.writer.write([
      { table: 'clients', id: 'client-1', patch: { domains: { 'old.example': false } } },
      { table: 'contacts', id: 'contact-1', patch: { deleted: true } },
    ]);
    expect(await match(device, 'noa@old.example')).toBeNull();
    expect(await match(device, 'noa@levi.example')).toBe('client-1/');
    await device.writer.write([{ table: 'clients', id: 'client-1', patch: { deleted: true } }]);
    expect(await match(device, 'noa@levi.example')).toBeNull();
    expect(await readCard(device.db, 'client-1')).toBeNull();
  });

  it('is not answered by a contact whose client is gone, but by who shares the address', async () => {
    const device = await testDevice();
    await device.writer.write([
      addClient('client-1'),
      addClient('client-2', domains('levi.example')),
      addContact('contact-1', 'client-1', emails('noa@levi.example')),
    ]);
    await device.writer.write([{ table: 'clients', id: 'client-1', patch: { deleted: true } }]);
    expect(await match(device, 'noa@levi.example')).toBe('client-2/');
  });

  it('is answered for an address that another version stored in capitals', async () => {
    const device = await testDevice();
    await device.writer.write([
      addClient('client-1', domains('Levi.Example')),
      addContact('contact-1', 'client-1', emails('Noa@Else.Example')),
    ]);
    expect(await match(device, 'noa@else.example')).toBe('client-1/contact-1');
    expect(await match(device, 'dan@levi.example')).toBe('client-1/');
  });
});

describe('a search', () => {
  async function find({ db }: TestDevice, text: string): Promise<string[]> {
    return (await searchClients(db, await readBook(db), text)).map(({ name }) => name);
  }

  it('finds by the client, its people and the beginning of an address, beginnings first', async () => {
    const device = await testDevice();
    await device.writer.write([
      addClient('client-1', { name: 'Malevich Studio' }),
      addClient('client-2', { name: 'Levi & Sons' }),
      addClient('client-3', { name: 'Harbour' }),
      addContact('contact-3', 'client-3', { name: 'Dana Levi' }),
      addClient('client-4', { name: 'Orchard' }),
      addContact('contact-4', 'client-4', { name: 'Someone', ...emails('levina@orchard.example') }),
      addClient('client-5', { name: 'Quarry' }),
    ]);
    expect(await find(device, 'levi')).toEqual([
      'Levi & Sons',
      'Harbour',
      'Malevich Studio',
      'Orchard',
    ]);
    expect(await find(device, 'LEVI dana')).toEqual(['Harbour']);
    expect(await find(device, '  ')).toEqual([]);
    expect(await find(device, 'levi nobody')).toEqual([]);
  });

  it('does not mind accents, marks and case, in any script', async () => {
    const device = await testDevice();
    await device.writer.write([
      addClient('client-1', { name: 'Łukasz Żółć' }),
      addClient('client-2', { name: 'Smørrebrød Straße' }),
      addClient('client-3', { name: 'שָׁלוֹם' }),
    ]);
    expect(await find(device, 'lukasz zolc')).toEqual(['Łukasz Żółć']);
    expect(await find(device, 'SMORREBROD strasse')).toEqual(['Smørrebrød Straße']);
    expect(await find(device, 'שלום')).toEqual(['שָׁלוֹם']);
  });

  it('forgets what was deleted and stops at twenty', async () => {
    const device = await testDevice();
    const many = Array.from({ length: 30 }, (_, n) => `client-${n + 10}`);
    await device.writer.write(many.map((id) => addClient(id, { name: `Levi ${id}` })));
    expect(await find(device, 'levi')).toHaveLength(20);
    await device.writer.write(
      many.map((id) => ({ table: 'clients' as const, id, patch: { deleted: true } })),
    );
    expect(await find(device, 'levi')).toEqual([]);
  });
});
