import {
  deviceOf,
  hlcOf,
  isTooFarAhead,
  maxHlc,
  tick,
  timeOf,
  toStamp,
  type DeviceId,
  type Hlc,
  type Stamp,
} from '../../shared/clock.ts';
import { settleLosers, type Register, type RowState } from '../../shared/merge.ts';

/** What a device's own stamps are put right by. */
export interface Correction {
  readonly device: DeviceId;
  /** The corrected time, UTC milliseconds. */
  readonly nowMs: number;
  /** How far back the clock was set, milliseconds, 0 or less. */
  readonly shiftMs: number;
  /**
   * The latest clock value that others may know, if any. What comes later must be later than it: an
   * edit that was sent and then written over here stands in no row any more.
   */
  readonly believed: Hlc | null;
}

/** This device's own stamps in the row that nobody else would believe. */
export function ownStampsAhead(
  state: RowState,
  { device, nowMs }: Pick<Correction, 'device' | 'nowMs'>,
): Stamp[] {
  return stampsOf(state).filter(
    (stamp) => deviceOf(stamp) === device && isTooFarAhead(stamp, nowMs),
  );
}

/**
 * The row as if its edits had been made with a right clock: each of this device's stamps that is too
 * far ahead goes back by the same time. What they overwrote stays overwritten: one that would fall
 * behind a stamp of the row that stays as it is comes right after it.
 */
export function restampRow(state: RowState, correction: Correction): RowState {
  const { device, nowMs, shiftMs, believed } = correction;
  const ahead = [...new Set(ownStampsAhead(state, correction))].toSorted();
  if (ahead.length === 0) return state;
  const isAhead = new Set(ahead);
  let latest = believed !== null && isTooFarAhead(believed, nowMs) ? null : believed;
  for (const stamp of stampsOf(state)) {
    if (!isAhead.has(stamp)) latest = latest === null ? hlcOf(stamp) : maxHlc(latest, hlcOf(stamp));
  }
  const corrected = new Map<Stamp, Stamp>();
  for (const stamp of ahead) {
    latest = tick(latest, Math.min(timeOf(stamp) + shiftMs, nowMs));
    corrected.set(stamp, toStamp(latest, device));
  }
  const right = <Held extends Register>(held: Held): Held => ({
    ...held,
    stamp: corrected.get(held.stamp) ?? held.stamp,
  });
  const { [device]: own, ...others } = state.seen;
  const restamped = {
    registers: Object.fromEntries(
      Object.entries(state.registers).map(([path, register]) => [path, right(register)]),
    ),
    losers: state.losers.map(right),
    // What was seen of this device's own edits and is ahead was never sent: nobody can hold it.
    seen: own === undefined || isTooFarAhead(toStamp(own, device), nowMs) ? others : state.seen,
  };
  // Settles none, and puts everything in its canonical order.
  return settleLosers(restamped, () => false);
}

const stampsOf = ({ registers, losers }: RowState): Stamp[] =>
  [...Object.values(registers), ...losers].map(({ stamp }) => stamp);
