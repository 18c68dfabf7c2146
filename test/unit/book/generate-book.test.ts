import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { clientSchema } from '../../../shared/model/client.ts';
import { contactSchema } from '../../../shared/model/contact.ts';
import { interactionSchema } from '../../../shared/model/interaction.ts';
import { generateBook, type BookBatch } from '../../support/book/generate-book.ts';
import { bookLanguages } from '../../support/book/words.ts';

const NOW = Date.UTC(2026, 10, 22, 12);
const YEAR_MS = 365 * 86_400_000;
const size = { clients: 1000, contacts: 1500, interactions: 20_000, now: NOW };
const whole = (seed: number, more: object = {}): BookBatch => {
  const batches = [...generateBook({ ...size, seed, ...more })];
  return {
    clients: batches.flatMap(({ clients }) => clients),
    contacts: batches.flatMap(({ contacts }) => contacts),
    interactions: batches.flatMap(({ interactions }) => interactions),
  };
};
const hashOf = (book: BookBatch): string =>
  createHash('sha256').update(JSON.stringify(book)).digest('hex');

const book = whole(7);
const shareOf = <Row>(rows: readonly Row[], is: (row: Row) => boolean): number =>
  rows.filter(is).length / rows.length;
const countBy = (ids: readonly string[]): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
};

describe('a generated book', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(hashOf(whole(7))).toBe(hashOf(book));
    expect(hashOf(whole(8))).not.toBe(hashOf(book));
  });

  it('does not depend on the size of its batches', () => {
    expect(hashOf(whole(7, { batchSize: 13 }))).toBe(hashOf(book));
  });

  it('has exactly as many rows as asked for, each with an id of its own', () => {
    const { clients, contacts, interactions } = book;
    expect([clients.length, contacts.length, interactions.length]).toEqual([1000, 1500, 20_000]);
    const ids = [...clients, ...contacts, ...interactions].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each([
    { clients: 0, contacts: 0, interactions: 0 },
    { clients: 1, contacts: 1, interactions: 40 },
    { clients: 3, contacts: 0, interactions: 10 },
    { clients: 5, contacts: 2, interactions: 0 },
  ])('can be as small as %o', (counts) => {
    const { clients, contacts, interactions } = whole(1, counts);
    expect({
      clients: clients.length,
      contacts: contacts.length,
      interactions: interactions.length,
    }).toEqual(counts);
  });

  it('comes in batches that never hold more rows than said, parents first', () => {
    const known = new Set<string>();
    for (const batch of generateBook({ ...size, seed: 7, batchSize: 700 })) {
      expect(batch.interactions.length).toBeLessThanOrEqual(700);
      for (const { id } of batch.clients) known.add(id);
      for (const { id, clientId } of batch.contacts) {
        expect(known.has(clientId)).toBe(true);
        known.add(id);
      }
      const orphans = batch.interactions.filter(
        ({ clientId, contactId }) =>
          !known.has(clientId) || (contactId != null && !known.has(contactId)),
      );
      expect(orphans).toEqual([]);
    }
  });

  it('holds only what the schemas allow', () => {
    for (const client of book.clients) expect(v.is(clientSchema, client)).toBe(true);
    for (const contact of book.contacts) expect(v.is(contactSchema, contact)).toBe(true);
    const sample = book.interactions.filter((_, index) => index % 17 === 0);
    for (const interaction of sample) expect(v.is(interactionSchema, interaction)).toBe(true);
  });

  it('has no address and no domain that could be someone’s', () => {
    const domains = book.clients.flatMap(({ domains }) => Object.keys(domains ?? {}));
    const addresses = book.contacts.flatMap(({ emails }) => Object.keys(emails ?? {}));
    expect([...domains, ...addresses].filter((name) => !name.endsWith('.example'))).toEqual([]);
    expect(new Set(domains).size).toBe(domains.length);
    expect(new Set(addresses).size).toBe(addresses.length);
  });
});

describe('the shape of a generated book', () => {
  it.each([
    ['A', 0.05],
    ['B', 0.15],
    ['C', 0.4],
    ['D', 0.4],
  ])('has tier %s in a share of %d', (tier, share) => {
    expect(shareOf(book.clients, (client) => client.tier === tier)).toBeCloseTo(share, 1);
  });

  it('speaks more with A clients than with D clients', () => {
    const counts = countBy(book.interactions.map(({ clientId }) => clientId));
    const meanOf = (tier: string): number => {
      const ids = book.clients.filter((client) => client.tier === tier).map(({ id }) => id);
      return ids.reduce((sum, id) => sum + (counts.get(id) ?? 0), 0) / ids.length;
    };
    expect(meanOf('A')).toBeGreaterThan(5 * meanOf('D'));
  });

  it('has clients never touched, clients lost long ago, and some snoozed', () => {
    const touched = new Set<string>(book.interactions.map(({ clientId }) => clientId));
    const never = shareOf(book.clients, ({ id }) => !touched.has(id));
    expect(never).toBeGreaterThan(0.02);
    expect(never).toBeLessThan(0.1);
    const lost = new Set<string>(
      book.clients.filter(({ status }) => status === 'lost').map(({ id }) => id),
    );
    expect(lost.size / 1000).toBeCloseTo(0.08, 1);
    const latest = Math.max(
      ...book.interactions.filter(({ clientId }) => lost.has(clientId)).map(({ at }) => at),
    );
    expect(latest).toBeLessThan(NOW - 0.5 * YEAR_MS);
    expect(shareOf(book.clients, ({ snoozedUntil }) => snoozedUntil != null)).toBeCloseTo(0.02, 1);
  });

  it('has nothing before its client or after now', () => {
    const createdAt = new Map<string, number>(
      book.clients.map(({ id, createdAt }) => [id, createdAt]),
    );
    const wrong = book.interactions.filter(
      ({ clientId, at }) =>
        at > NOW || at < (createdAt.get(clientId) ?? Infinity) || !Number.isInteger(at),
    );
    expect(wrong).toEqual([]);
  });

  it('mixes kinds, mostly email, with threads that go on', () => {
    const shares = countBy(book.interactions.map(({ kind }) => kind));
    expect([...shares.keys()].sort()).toEqual([
      'call',
      'email',
      'gift',
      'meeting',
      'message',
      'note',
      'visit',
    ]);
    expect((shares.get('email') ?? 0) / 20_000).toBeCloseTo(0.52, 1);
    const threads = book.interactions.flatMap(({ threadUrl }) => threadUrl ?? []);
    expect(new Set(threads).size).toBeLessThan(threads.length * 0.95);
  });

  it('has all its languages, and several people at some clients', () => {
    for (const { tag, share } of bookLanguages) {
      expect(shareOf(book.clients, ({ language }) => language === tag)).toBeCloseTo(share / 100, 1);
    }
    const people = [...countBy(book.contacts.map(({ clientId }) => clientId)).values()];
    expect(Math.max(...people)).toBeGreaterThan(2);
  });
});
