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
import { settleLosers, type RowState } from '../../shared/merge.ts';

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

/** The latest of these that is not too far ahead. */
export function latestBelievable(clocks: readonly (Hlc | null)[], nowMs: number): Hlc | null {
  const believable = clocks.filter((clock) => clock !== null && !isTooFarAhead(clock, nowMs));
  return believable.reduce(later, null);
}

export const later = (a: Hlc | null, b: Hlc | null): Hlc | null =>
  a === null || b === null ? (a ?? b) : maxHlc(a, b);

/**
 * What the stamps of one row become that are this device's own and that nobody else would believe: as
 * if its edits had been made with a right clock, each goes back by the same time. What they overwrote
 * stays overwritten: one that would fall behind a stamp that stays as it is comes right after it.
 * `versions`: all that lie here, since a stamp that stands in several is one edit.
 */
export function correctedStamps(
  versions: readonly RowState[],
  { device, nowMs, shiftMs, believed }: Correction,
): ReadonlyMap<Stamp, Stamp> {
  const isAhead = (stamp: Stamp): boolean =>
    deviceOf(stamp) === device && isTooFarAhead(stamp, nowMs);
  const stamps = [...new Set(versions.flatMap(stampsOf))].toSorted();
  const staying = stamps.filter((stamp) => !isAhead(stamp));
  let latest = staying.map(hlcOf).reduce(later, believed);
  const corrected = new Map<Stamp, Stamp>();
  for (const stamp of stamps.filter(isAhead)) {
    latest = tick(latest, Math.min(timeOf(stamp) + shiftMs, nowMs));
    corrected.set(stamp, toStamp(latest, device));
  }
  return corrected;
}

/** Nothing but stamps is different. */
export function restampRow(state: RowState, corrected: ReadonlyMap<Stamp, Stamp>): RowState {
  if (corrected.size === 0) return state;
  const right = (stamp: Stamp): Stamp => corrected.get(stamp) ?? stamp;
  const restamped = {
    registers: Object.fromEntries(
      Object.entries(state.registers).map(([path, { value, stamp }]) => [
        path,
        { value, stamp: right(stamp) },
      ]),
    ),
    losers: state.losers.map((loser) => ({ ...loser, stamp: right(loser.stamp) })),
    seen: Object.fromEntries(seenBy(state).map((stamp) => [deviceOf(stamp), hlcOf(right(stamp))])),
  };
  // Settles none, and puts everything in its canonical order.
  return settleLosers(restamped, () => false);
}

/** What is merely seen as well: nobody would believe a row that has seen a time to come. */
const stampsOf = (state: RowState): Stamp[] => [
  ...[...Object.values(state.registers), ...state.losers].map(({ stamp }) => stamp),
  ...seenBy(state),
];

const seenBy = ({ seen }: RowState): Stamp[] =>
  Object.entries(seen).map(([device, hlc]) => toStamp(hlc, device as DeviceId));
