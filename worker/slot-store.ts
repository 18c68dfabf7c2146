import type { WireError } from '../shared/protocol/errors.ts';
import { MAX_SLOT_BYTES, PROTOCOL_VERSION } from '../shared/protocol/limits.ts';
import { done, type Done, type Slot, type SlotPart } from '../shared/protocol/messages.ts';
import { fail, succeed, type Outcome } from '../shared/protocol/outcome.ts';
import { isMigrated, migrateSlot } from './migrations.ts';
import { firstRow, numberOf, textOf, type Sql } from './sql.ts';

export interface SlotStoreDeps {
  readonly sql: Sql;
  readonly now: () => number;
}

/** One joining: each part is written once, in order, and all is gone when its time is over. */
export interface SlotStore {
  open(offer: string, lifetimeMs: number): Outcome<Done, WireError>;
  read(): Outcome<Slot, WireError>;
  write(part: SlotPart, sealed: string): Outcome<Done, WireError>;
}

/** A part is written only on top of the one before it. */
const BEFORE: Readonly<Record<SlotPart, SlotPart | null>> = {
  offer: null,
  answer: 'offer',
  reveal: 'answer',
  grant: 'reveal',
};

export function createSlotStore({ sql, now }: SlotStoreDeps): SlotStore {
  function remainingMs(): number {
    if (!isMigrated(sql)) return 0;
    const row = firstRow(sql, 'SELECT expires_at FROM slot');
    return row ? Math.max(0, numberOf(row, 'expires_at') - now()) : 0;
  }

  function write(part: SlotPart, sealed: string): Outcome<Done, WireError> {
    const parts = readParts(sql);
    const before = BEFORE[part];
    if (parts[part] === sealed) return succeed(done);
    if (parts[part] !== undefined) return fail({ code: 'slot-used' });
    if (before && parts[before] === undefined) return fail({ code: 'bad-request' });
    const stored = Object.values(parts).reduce((sum, text) => sum + text.length, 0);
    if (stored + sealed.length > MAX_SLOT_BYTES) return fail({ code: 'too-large' });
    sql.run('INSERT INTO parts (part, sealed) VALUES (?, ?)', part, sealed);
    return succeed(done);
  }

  return {
    open(offer, lifetimeMs) {
      migrateSlot(sql);
      return sql.transaction(() => {
        if (firstRow(sql, 'SELECT expires_at FROM slot')) {
          // The same offer again: its answer was lost.
          return readParts(sql).offer === offer ? succeed(done) : fail({ code: 'slot-used' });
        }
        sql.run('INSERT INTO slot (one, expires_at) VALUES (1, ?)', now() + lifetimeMs);
        return write('offer', offer);
      });
    },
    read() {
      const expiresInMs = remainingMs();
      if (expiresInMs === 0) return fail({ code: 'slot-gone' });
      return succeed({ v: PROTOCOL_VERSION, type: 'slot', expiresInMs, ...readParts(sql) });
    },
    write: (part, sealed) =>
      sql.transaction(() =>
        remainingMs() === 0 ? fail({ code: 'slot-gone' }) : write(part, sealed),
      ),
  };
}

function readParts(sql: Sql): Partial<Record<SlotPart, string>> {
  const parts: Partial<Record<SlotPart, string>> = {};
  for (const row of sql.rows('SELECT part, sealed FROM parts')) {
    parts[textOf(row, 'part') as SlotPart] = textOf(row, 'sealed');
  }
  return parts;
}
