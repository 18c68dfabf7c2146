import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { sampleBook, type Book } from '../../../extension/features/sample-data/sample-book.ts';
import { clientSchema } from '../../../shared/model/client.ts';
import { contactSchema } from '../../../shared/model/contact.ts';
import { SAMPLE_PREFIX } from '../../../shared/model/ids.ts';
import { interactionSchema } from '../../../shared/model/interaction.ts';
import { cadenceFor, isTouchKind } from '../../../shared/model/settings.ts';
import { assess, type Assessment } from '../../../shared/rules/cadence.ts';
import { demoBook } from '../../support/book/demo-book.ts';
import { DEMO_ACCOUNT, demoCompanies, demoThreads } from '../../support/mailbox/mailbox.ts';

const NOW = new Date(2026, 10, 22, 9, 30).getTime();
const demo = demoBook({ now: NOW });
const sample = sampleBook(NOW);

/** How every client of a book stands, by name. */
function standings(book: Book, now: number): ReadonlyMap<string, Assessment> {
  return new Map(
    book.clients.map((client) => {
      const touches = book.interactions
        .filter(({ clientId, kind }) => clientId === client.id && isTouchKind(kind, undefined))
        .map(({ at }) => at)
        .sort((a, b) => b - a);
      const rhythm = {
        touches,
        createdAt: client.createdAt,
        status: client.status ?? 'active',
        tier: client.tier ?? 'C',
        cadence: cadenceFor(client, undefined),
        snoozedUntil: client.snoozedUntil ?? null,
        skippedAt: null,
      };
      return [client.name, assess(rhythm, now)];
    }),
  );
}

describe.each([
  ['demo', demo, 14],
  ['sample', sample, 10],
])('the %s book', (_, book, clients) => {
  it(`holds ${clients} clients as the schemas allow, with ids of their own`, () => {
    expect(book.clients.length).toBe(clients);
    for (const client of book.clients) expect(v.is(clientSchema, client)).toBe(true);
    for (const contact of book.contacts) expect(v.is(contactSchema, contact)).toBe(true);
    for (const touch of book.interactions) expect(v.is(interactionSchema, touch)).toBe(true);
    const ids = [...book.clients, ...book.contacts, ...book.interactions].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('has nothing in the future', () => {
    const rows = [...book.interactions, ...book.clients, ...book.contacts];
    expect(rows.filter(({ createdAt }) => createdAt > NOW)).toEqual([]);
    expect(book.interactions.filter(({ at }) => at > NOW)).toEqual([]);
  });

  it('shows every way to stand', () => {
    const all = [...standings(book, NOW).values()];
    const strengths = new Set(all.map(({ strength }) => strength));
    expect(strengths).toEqual(new Set(['none', 'due', 'overdue']));
    expect(all.some(({ dueInDays, strength }) => dueInDays === 0 && strength === 'due')).toBe(true);
    expect(all.some(({ lastTouchAt }) => lastTouchAt === null)).toBe(true);
    expect(all.some(({ dueInDays, strength }) => dueInDays < 0 && strength === 'none')).toBe(true);
  });
});

it('the sample book has only ids that say so', () => {
  const { clients, contacts, interactions } = sample;
  const ids = [...clients, ...contacts, ...interactions].map(({ id }) => id);
  expect(ids.filter((id) => !id.startsWith(SAMPLE_PREFIX))).toEqual([]);
});

describe('the demo book and the demo mailbox', () => {
  const addresses = new Set(demo.contacts.flatMap(({ emails }) => Object.keys(emails ?? {})));
  const domains = new Set(demo.clients.flatMap(({ domains }) => Object.keys(domains ?? {})));

  it('know the same people', () => {
    const people = demoCompanies.flatMap(({ people }) => people);
    expect(people.filter(({ address }) => !addresses.has(address))).toEqual([]);
    expect(demoCompanies.filter(({ domain }) => !domains.has(domain))).toEqual([]);
  });

  it('agree on who is a client: the senders of unknown threads are in neither', () => {
    for (const { kind, messages } of demoThreads(NOW, DEMO_ACCOUNT)) {
      const senders = messages.map(({ from }) => from.address).filter((a) => a !== DEMO_ACCOUNT);
      const known = senders.map((address) => domains.has(address.slice(address.indexOf('@') + 1)));
      expect(new Set(known)).toEqual(new Set([kind === 'client']));
    }
  });

  it('leave the one who is written to first at the top of Today', () => {
    const urgent = [...standings(demo, NOW)]
      .filter(([, { strength }]) => strength !== 'none')
      .sort(([, a], [, b]) => b.urgency - a.urgency)
      .map(([name]) => name);
    expect(urgent[0]).toBe('Levi & Sons');
    expect(urgent.length).toBeGreaterThanOrEqual(6);
    expect(urgent.length).toBeLessThanOrEqual(10);
  });
});
