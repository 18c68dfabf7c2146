import { tick, toStamp, type DeviceId } from '../../../shared/clock.ts';
import { editRow, emptyState, type Json } from '../../../shared/merge.ts';
import { directions, interactionKinds } from '../../../shared/model/kinds.ts';
import { toCanonicalJson } from '../../../shared/protocol/canonical.ts';
import { rowKeySchema } from '../../../shared/protocol/ids.ts';
import { packRow, type PackedRow } from '../../../shared/row.ts';
import type { RemoteRow } from '../../../extension/db/sync-store.ts';
import { createRandom, randomId, type Random } from '../../support/book/random.ts';
import { bookLanguages } from '../../support/book/words.ts';
import * as v from 'valibot';

/** Rows as a worker hands them on: of all clients in turn, as they were written over the years. */
export interface HistoryRows {
  readonly clients: readonly RemoteRow[];
  readonly contacts: readonly RemoteRow[];
  /** The next so many, each with the bytes that were sealed. */
  interactions(count: number): RemoteRow[];
}

export interface HistorySize {
  readonly clients: number;
  readonly contacts: number;
  readonly interactions: number;
}

const DEVICE = 'aaaaaaaaaaaaaa01' as DeviceId;
const YEARS_MS = 5 * 365 * 86_400_000;
const NOW = Date.UTC(2026, 10, 22);
const SEED = 7;

export function historyRows({ clients, contacts, interactions }: HistorySize): HistoryRows {
  const random = createRandom(SEED);
  let seq = 0;
  const remote = (table: string, at: number, patch: Readonly<Record<string, Json>>): RemoteRow => {
    const row = packRow(editRow(emptyState, patch, toStamp(tick(null, at), DEVICE)));
    const id = randomId(random);
    const bytes = new TextEncoder().encode(toCanonicalJson({ table, id, row }));
    return { table, id, row, bytes, seq: (seq += 1), rkey: rowKey(random), hash: digits(random) };
  };
  const people = Array.from({ length: clients }, () => {
    const language = bookLanguages[random.below(bookLanguages.length)];
    if (!language) throw new Error('a book has a language');
    const name = `${random.pick(language.firm)[0]}${random.pick(language.firmKinds)}`;
    const createdAt = NOW - YEARS_MS;
    const row = remote('clients', createdAt, {
      name,
      createdAt,
      tier: random.pick(['A', 'B', 'C']),
    });
    return { row, language };
  });
  const pick = (): (typeof people)[number] => {
    const person = people[random.below(people.length)];
    if (!person) throw new Error('a book has clients');
    return person;
  };
  const contactRows = Array.from({ length: contacts }, () => {
    const { row, language } = pick();
    const [given, family] = [random.pick(language.given), random.pick(language.family)];
    const address = `${given[1]}.${family[1]}.${randomId(random)}@firm.example`.toLowerCase();
    return remote('contacts', NOW - YEARS_MS, {
      clientId: row.id,
      name: `${given[0]} ${family[0]}`,
      [`emails/${address}`]: true,
      createdAt: NOW - YEARS_MS,
    });
  });
  let written = 0;
  return {
    clients: people.map(({ row }) => row),
    contacts: contactRows,
    interactions: (count) =>
      Array.from({ length: count }, () => {
        const { row, language } = pick();
        const at = Math.floor(NOW - YEARS_MS + (YEARS_MS * (written += 1)) / interactions);
        const kind = interactionKinds[random.below(interactionKinds.length)] ?? 'email';
        const thread = randomId(random);
        return remote('interactions', at, {
          clientId: row.id,
          kind,
          direction: random.pick([...directions]),
          at,
          createdAt: at,
          ...(kind === 'email' && {
            subject: random.pick(language.subjects),
            threadUrl: `https://mail.google.com/mail/u/0/#all/${thread}`,
            source: `gmail:robin@vale-studio.example:${thread}`,
          }),
          ...(kind !== 'email' && { summary: random.pick(language.summaries) }),
          ...(kind === 'call' && { minutes: 5 * random.below(10) }),
        });
      }),
  };
}

const digits = ({ bits }: Random): string =>
  Array.from({ length: 4 }, () => bits().toString(16).padStart(8, '0')).join('');

const rowKey = (random: Random): RemoteRow['rkey'] => v.parse(rowKeySchema, digits(random));

/** As a row of the table, for who writes it there without asking anybody. */
export const toPlainRow = ({ id, row, seq }: RemoteRow): object => ({
  ...row.fields,
  id,
  meta: row.meta satisfies PackedRow['meta'],
  seq,
});
