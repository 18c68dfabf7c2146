import { deviceOf, hlcOf, maxHlc, type DeviceId, type Hlc, type Stamp } from './clock.ts';

/**
 * A row is a map of registers. Each register is a value and the stamp of the edit that wrote it;
 * the greater stamp wins. What loses without having been seen by the winner stays visible as a
 * *loser*, so that no accepted edit ever vanishes.
 *
 * "Seen" is exact: a row carries, per device, the latest clock value it has taken in. This is the
 * causal context of an optimised multi-value register (Bieniusa et al., "An optimized conflict-free
 * replicated set", 2012): an edit that one side holds, and the other side's context covers without
 * holding it, was overwritten knowingly. The winner itself is plain last-writer-wins and never
 * depends on the context, so a device restored from an old copy can lose a loser, never a value.
 */
export type Json = string | number | boolean | null | readonly Json[];

export interface Register {
  readonly value: Json;
  readonly stamp: Stamp;
}

export interface Loser extends Register {
  readonly path: string;
}

export interface RowState {
  /**
   * By path: `name`, or `emails/noa@levi.example` for one element of a set. Never both a path and
   * elements below it: see `displaceValues`.
   */
  readonly registers: Readonly<Record<string, Register>>;
  /** Newest first. */
  readonly losers: readonly Loser[];
  /** Only what the stamps held in `registers` and `losers` do not already imply. */
  readonly seen: Readonly<Record<DeviceId, Hlc>>;
}

/**
 * An edit drops losers beyond this, oldest first: history must not outgrow the row. Merging never
 * does: what it dropped would depend on which two met first, and an edit settled elsewhere could
 * push out one that nobody has seen. Between edits a row may so hold more, at most this many per
 * device that edited it meanwhile.
 */
export const MAX_LOSERS = 32;
export const DELETED_PATH = 'deleted';

export const emptyState: RowState = { registers: {}, losers: [], seen: {} };

/** Writes `patch` (path → value) at `stamp`. What it overwrites was seen, so it does not become a loser. */
export function editRow(
  state: RowState,
  patch: Readonly<Record<string, Json>>,
  stamp: Stamp,
): RowState {
  const context = contextOf(state);
  const registers: Record<string, Register> = { ...state.registers };
  // A value where the set now is was seen as well.
  for (const path of Object.keys(patch)) {
    if (path.includes('/')) delete registers[path.slice(0, path.indexOf('/'))];
  }
  for (const [path, value] of Object.entries(patch)) registers[path] = { value, stamp };
  // The other way round: a set that someone writes a value over stays, with the value beside it.
  const losers = [...state.losers, ...displaceValues(registers)];
  note(context, deviceOf(stamp), hlcOf(stamp));
  return normalise(registers, newestFirst(losers).slice(0, MAX_LOSERS), context);
}

/** Commutative, associative, idempotent; property-tested for exactly that. */
export function mergeRows(a: RowState, b: RowState): RowState {
  const contextA = contextOf(a);
  const contextB = contextOf(b);
  const registers: Record<string, Register> = {};
  const candidates = new Map<string, Loser>();
  const dotsA = dotsOf(a);
  const dotsB = dotsOf(b);
  const offer = (loser: Loser): void => {
    const dot = dotKey(loser.path, loser.stamp);
    const isInA = dotsA.has(dot);
    const isInB = dotsB.has(dot);
    const survives =
      (isInA && isInB) ||
      (isInA && !covers(contextB, loser.stamp)) ||
      (isInB && !covers(contextA, loser.stamp));
    if (!survives) return;
    const known = candidates.get(dot);
    candidates.set(dot, known ? pickWinner(known, loser) : loser);
  };
  for (const path of new Set([...Object.keys(a.registers), ...Object.keys(b.registers)])) {
    const ours = a.registers[path];
    const theirs = b.registers[path];
    const winner = ours && theirs ? pickWinner(ours, theirs) : (ours ?? theirs);
    if (winner) registers[path] = winner;
    for (const other of [ours, theirs]) {
      if (other && winner && other.stamp !== winner.stamp) offer({ path, ...other });
    }
  }
  displaceValues(registers).forEach(offer);
  for (const loser of [...a.losers, ...b.losers]) {
    if (registers[loser.path]?.stamp !== loser.stamp) offer(loser);
  }
  return normalise(registers, [...candidates.values()], mergeContexts(contextA, contextB));
}

/** Drops losers that someone has looked at and settled (restored one, or kept the current value). */
export function settleLosers(state: RowState, settled: (loser: Loser) => boolean): RowState {
  const losers = state.losers.filter((loser) => !settled(loser));
  return normalise({ ...state.registers }, losers, contextOf(state));
}

/** A row is deleted while its deletion is its latest edit: a later edit restores it. */
export function isDeleted(state: RowState): boolean {
  const deletion = state.registers[DELETED_PATH];
  if (deletion?.value !== true) return false;
  return Object.values(state.registers).every((register) => register.stamp <= deletion.stamp);
}

/** Of all edits in the row, whether they are current or not. */
export function latestStamp(state: RowState): Stamp | null {
  let latest: Stamp | null = null;
  for (const { stamp } of [...Object.values(state.registers), ...state.losers]) {
    if (latest === null || stamp > latest) latest = stamp;
  }
  return latest;
}

function pickWinner<Candidate extends Register>(a: Candidate, b: Candidate): Candidate {
  if (a.stamp !== b.stamp) return a.stamp > b.stamp ? a : b;
  // The same stamp with two values is a broken or hostile writer; every device must still agree.
  return JSON.stringify(a.value) >= JSON.stringify(b.value) ? a : b;
}

const dotKey = (path: string, stamp: Stamp): string => `${stamp}${path}`;

function dotsOf(state: RowState): Set<string> {
  const dots = new Set<string>();
  for (const [path, { stamp }] of Object.entries(state.registers)) dots.add(dotKey(path, stamp));
  for (const { path, stamp } of state.losers) dots.add(dotKey(path, stamp));
  return dots;
}

type Context = Map<DeviceId, Hlc>;

const covers = (context: Context, stamp: Stamp): boolean =>
  hlcOf(stamp) <= (context.get(deviceOf(stamp)) ?? '');

function note(context: Context, device: DeviceId, hlc: Hlc): void {
  const known = context.get(device);
  context.set(device, known === undefined ? hlc : maxHlc(known, hlc));
}

function impliedContext(registers: Iterable<Register>, losers: Iterable<Loser>): Context {
  const context: Context = new Map();
  for (const { stamp } of registers) note(context, deviceOf(stamp), hlcOf(stamp));
  for (const { stamp } of losers) note(context, deviceOf(stamp), hlcOf(stamp));
  return context;
}

function contextOf(state: RowState): Context {
  const context = impliedContext(Object.values(state.registers), state.losers);
  for (const [device, hlc] of Object.entries(state.seen)) note(context, device as DeviceId, hlc);
  return context;
}

function mergeContexts(a: Context, b: Context): Context {
  const merged: Context = new Map(a);
  for (const [device, hlc] of b) note(merged, device, hlc);
  return merged;
}

/**
 * Takes out the values whose name is also that of a set (one version of the software wrote a value,
 * another a set), and gives them as losers. The set always stays, whatever the stamps: its elements
 * never vanish again, so every device comes to the same, in whatever order it hears of them.
 */
function displaceValues(registers: Record<string, Register>): Loser[] {
  const displaced: Loser[] = [];
  for (const path of Object.keys(registers)) {
    if (!path.includes('/')) continue;
    const name = path.slice(0, path.indexOf('/'));
    const value = registers[name];
    if (!value) continue;
    delete registers[name];
    displaced.push({ path: name, ...value });
  }
  return displaced;
}

const newestFirst = (losers: readonly Loser[]): Loser[] =>
  losers.toSorted((a, b) => compare(dotKey(b.path, b.stamp), dotKey(a.path, a.stamp)));

function normalise(
  registers: Readonly<Record<string, Register>>,
  losers: readonly Loser[],
  context: Context,
): RowState {
  // In the order in which they are sent: packed rows are compared as text.
  const kept = newestFirst(losers).map(({ path, stamp, value }) => ({ path, stamp, value }));
  const implied = impliedContext(Object.values(registers), kept);
  const seen: Record<DeviceId, Hlc> = {};
  for (const [device, hlc] of [...context].toSorted(([a], [b]) => compare(a, b))) {
    if (hlc > (implied.get(device) ?? '')) seen[device] = hlc;
  }
  return { registers, losers: kept, seen };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
