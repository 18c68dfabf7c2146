import type { Interaction } from '../../shared/model/interaction.ts';
import type { Added } from './standing.ts';
import { isLive, type StoredRow } from './stored-row.ts';

/** A row before and after a write; what was there before may be nothing. */
export interface RowChange {
  readonly table: string;
  readonly before: StoredRow | undefined;
  readonly after: StoredRow | undefined;
}

/** New live interactions of one client; those that cannot matter to its standing are only counted. */
export interface Additions {
  readonly added: readonly Added[];
  readonly count: number;
}

/** Whom changes concern, and how. */
export interface Concerned {
  readonly clientIds: Set<string>;
  /** How many interactions each client has won or lost. */
  readonly countDeltas: Map<string, number>;
  /** The new interactions of the clients about which nothing else has changed. */
  readonly added: Map<string, Additions>;
  /**
   * Interactions, by client, that say something else and stand where they stood: of all that is
   * derived only the latest few show it.
   */
  readonly reworded: Map<string, Interaction[]>;
  /** The clients that were written themselves, as they are now. */
  readonly clients: Map<string, StoredRow | undefined>;
  /** Whose promises have changed. */
  readonly promised: Set<string>;
  /** Which kinds count as a touch has changed, so every client's touches have. */
  readonly isOfTouchKinds: boolean;
}

export function concerned(
  changes: readonly RowChange[],
  arrived: ReadonlyMap<string, Additions>,
): Concerned {
  const clientIds = new Set(arrived.keys());
  const added = new Map(arrived);
  const countDeltas = new Map([...arrived].map(([clientId, { count }]) => [clientId, count]));
  const clients = new Map<string, StoredRow | undefined>();
  const changedOtherwise = new Set<string>();
  const promised = new Set<string>();
  const reworded = new Map<string, Interaction[]>();
  for (const { table, before, after } of changes) {
    if (table === 'interactions' && isReworded(before, after)) {
      const { clientId } = after;
      clientIds.add(clientId);
      const others = reworded.get(clientId) ?? [];
      others.push(after);
      reworded.set(clientId, others);
      // If something else is changed as well, the history is read after all.
      countDeltas.set(clientId, countDeltas.get(clientId) ?? 0);
      continue;
    }
    const isNew = table === 'interactions' && !before && after && isLive(after);
    for (const [row, delta] of [
      [before, -1],
      [after, 1],
    ] as const) {
      const clientId = row && clientIdOf(table, row);
      if (!clientId) continue;
      clientIds.add(clientId);
      if (table === 'clients') clients.set(clientId, after);
      if (isNew && isInteraction(row)) {
        const known = added.get(clientId) ?? { added: [], count: 0 };
        added.set(clientId, { added: [...known.added, row], count: known.count + 1 });
      } else changedOtherwise.add(clientId);
      if (table === 'promises') promised.add(clientId);
      if (table === 'interactions') {
        const moved = isLive(row) ? delta : 0;
        countDeltas.set(clientId, (countDeltas.get(clientId) ?? 0) + moved);
      }
    }
  }
  for (const clientId of changedOtherwise) {
    added.delete(clientId);
    reworded.delete(clientId);
  }
  const isOfTouchKinds = changes.some(changesTouchKinds);
  return { clientIds, countDeltas, added, reworded, clients, promised, isOfTouchKinds };
}

/** What touches, counts, order and the last thread come from. */
const STANDING_FIELDS = ['clientId', 'at', 'kind', 'threadUrl'] as const;

const isReworded = (
  before: StoredRow | undefined,
  after: StoredRow | undefined,
): after is StoredRow & Interaction =>
  before !== undefined &&
  after !== undefined &&
  isInteraction(before) &&
  isInteraction(after) &&
  isLive(before) &&
  isLive(after) &&
  STANDING_FIELDS.every((field) => before[field] === after[field]);

/** A row of the table `interactions` has been checked by its schema when it was made. */
const isInteraction = (row: StoredRow): row is StoredRow & Interaction => 'kind' in row;

function changesTouchKinds({ table, before, after }: RowChange): boolean {
  if (table !== 'settings') return false;
  const kindsOf = (row: StoredRow | undefined): string =>
    JSON.stringify(row && 'touchKinds' in row ? row.touchKinds : null);
  return kindsOf(before) !== kindsOf(after);
}

const clientIdOf = (table: string, row: StoredRow): string | undefined => {
  if (table === 'clients') return row.id;
  return 'clientId' in row && typeof row.clientId === 'string' ? row.clientId : undefined;
};
