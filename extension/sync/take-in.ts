import { isTooFarAhead } from '../../shared/clock.ts';
import type { Bytes } from '../../shared/protocol/bytes.ts';
import type { RowKey } from '../../shared/protocol/ids.ts';
import { latestClock } from '../../shared/row.ts';
import type { RemoteRow } from '../db/sync-store.ts';
import { releaseHeldBack } from './held-back.ts';
import { openRow } from './row-codec.ts';
import { correctedNow, type Session } from './session.ts';
import type { SetAside, SyncValues } from './store-keys.ts';

export interface Received {
  readonly rkey: RowKey;
  readonly seq: number;
  readonly hash: string;
  readonly sealed: Bytes;
}

type Fate = 'applied' | SetAside['reason'];
/** What became of each received row, by its key: applied, or why it was set aside. */
export type TakenIn = ReadonlyMap<RowKey, Fate>;

/** Rows that were opened, and what is to be said of those that could not be. */
export interface OpenedRows {
  readonly rows: readonly RemoteRow[];
  readonly fates: TakenIn;
  readonly setAside: Readonly<Record<RowKey, SetAside>>;
}

/**
 * `isInBulk`: a first pull has the time to check that a row is genuine, and not that it is also the
 * version that the worker says it is.
 */
export async function openRows(
  session: Session,
  received: readonly Received[],
  isInBulk = false,
): Promise<OpenedRows> {
  const { keys, pin } = session.member;
  const writers = new Set(pin.writers);
  const nowMs = await correctedNow(session);
  const opened = await Promise.all(received.map((row) => openRow(keys, writers, row, !isInBulk)));
  const fates = new Map<RowKey, Fate>();
  const setAside: Record<RowKey, SetAside> = {};
  const rows: RemoteRow[] = [];
  opened.forEach((row, index) => {
    const from = received[index];
    if (!from) return;
    const { rkey, seq, hash } = from;
    const reason = !row.ok ? row.error : isAhead(row.value, nowMs) ? 'too-far-ahead' : null;
    fates.set(rkey, reason ?? 'applied');
    if (reason !== null) setAside[rkey] = { seq, hash, reason };
    else if (row.ok) rows.push(row.value);
  });
  return { rows, fates, setAside };
}

/** Several pages as one. */
export const joinOpened = (pages: readonly OpenedRows[]): OpenedRows => ({
  rows: pages.flatMap(({ rows }) => rows),
  fates: new Map(pages.flatMap(({ fates }) => [...fates])),
  setAside: Object.assign({}, ...pages.map(({ setAside }) => setAside)),
});

export interface Keeping {
  readonly cursor: number | null;
  readonly inBulk?: boolean;
  /** The caller's own place, kept with the rows or not at all. */
  readonly set?: Partial<SyncValues>;
}

/**
 * Merges what could be read, notes what could not, and moves the cursor, all in one transaction:
 * once the cursor has passed a row, only the note leads back to it.
 */
export async function keepRows(
  session: Session,
  { rows, fates, setAside }: OpenedRows,
  { cursor, inBulk = false, set = {} }: Keeping,
): Promise<void> {
  const { deps, memory } = session;
  const noted = (await memory.read('sync-set-aside')) ?? {};
  const kept = Object.entries(noted).filter(([rkey]) => fates.get(rkey as RowKey) !== 'applied');
  const next: SyncValues['sync-set-aside'] = { ...Object.fromEntries(kept), ...setAside };
  const isNoteChanged = kept.length < Object.keys(noted).length || Object.keys(setAside).length > 0;
  const isFirstNote = isNoteChanged && Object.keys(noted).length === 0;
  const values: Partial<SyncValues> = {
    ...set,
    ...(isNoteChanged && { 'sync-set-aside': next }),
    // It was looked at just now; another look may help later.
    ...(isFirstNote && { 'sync-set-aside-tried-at': deps.now() }),
  };
  await deps.store.applyRemote(rows, cursor, await correctedNow(session), { set: values, inBulk });
  if (cursor !== null) memory.note('sync-cursor', cursor);
  memory.noteAll(values);
  await releaseHeldBack(memory, rows);
}

export async function takeIn(
  session: Session,
  received: readonly Received[],
  keeping: Keeping,
): Promise<TakenIn> {
  const opened = await openRows(session, received);
  await keepRows(session, opened, keeping);
  return opened.fates;
}

/** What came in bulk is merged step by step, so that no step holds anything up. */
export async function settleAll(session: Session, onProgress = (): void => {}): Promise<void> {
  while (await session.deps.store.settle(await correctedNow(session))) onProgress();
}

const isAhead = ({ row }: RemoteRow, nowMs: number): boolean =>
  isTooFarAhead(latestClock(row.meta), nowMs);
