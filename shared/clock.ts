/**
 * Hybrid logical clock (Kulkarni et al., "Logical Physical Clocks", 2014).
 *
 * A stamp is 32 lower-case hex digits, so that comparing strings compares stamps:
 * 12 digits of milliseconds, 4 of counter, 16 of device id. The counter rolls over into the
 * milliseconds, so a batch of any size keeps its order.
 */
export type Stamp = string & { readonly __brand: 'Stamp' };
/** The first 16 digits of a stamp: time and counter without the device. */
export type Hlc = string & { readonly __brand: 'Hlc' };
/** 64 random bits as 16 hex digits, unique within a workspace. */
export type DeviceId = string & { readonly __brand: 'DeviceId' };

/**
 * A stamp further ahead of the corrected time than this is not believed: one such stamp would win
 * every later merge on every device.
 */
export const MAX_AHEAD_MS = 60 * 60 * 1000;

const STAMP = /^[0-9a-f]{32}$/;
const SIXTEEN_DIGITS = /^[0-9a-f]{16}$/;
const COUNTERS_PER_MS = 0x1_0000;

export const isStamp = (value: unknown): value is Stamp =>
  typeof value === 'string' && STAMP.test(value);
export const isDeviceId = (value: unknown): value is DeviceId =>
  typeof value === 'string' && SIXTEEN_DIGITS.test(value);
export const isHlc = (value: unknown): value is Hlc =>
  typeof value === 'string' && SIXTEEN_DIGITS.test(value);

export const hlcOf = (stamp: Stamp): Hlc => stamp.slice(0, 16) as Hlc;
export const deviceOf = (stamp: Stamp): DeviceId => stamp.slice(16) as DeviceId;
/** The stamp's physical part, UTC milliseconds. */
export const timeOf = (stamp: Stamp | Hlc): number => Number.parseInt(stamp.slice(0, 12), 16);

export const maxHlc = (a: Hlc, b: Hlc): Hlc => (a >= b ? a : b);

/** The next clock value: the corrected wall time, or one tick past `last` when that is later. */
export function tick(last: Hlc | null, nowMs: number): Hlc {
  const wall = toHlc(nowMs, 0);
  if (last === null || wall > last) return wall;
  const counter = Number.parseInt(last.slice(12), 16) + 1;
  return counter < COUNTERS_PER_MS ? toHlc(timeOf(last), counter) : toHlc(timeOf(last) + 1, 0);
}

export const toStamp = (hlc: Hlc, device: DeviceId): Stamp => `${hlc}${device}` as Stamp;

/** Is this stamp too far ahead of `nowMs` (corrected by the worker's clock) to be believed? */
export const isTooFarAhead = (stamp: Stamp | Hlc, nowMs: number): boolean =>
  timeOf(stamp) > nowMs + MAX_AHEAD_MS;

function toHlc(ms: number, counter: number): Hlc {
  const time = Math.max(0, Math.floor(ms)).toString(16).padStart(12, '0');
  return `${time}${counter.toString(16).padStart(4, '0')}` as Hlc;
}
