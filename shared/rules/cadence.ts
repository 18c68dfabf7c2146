import type { ClientStatus, Tier } from '../model/client-words.ts';
import type { Cadence } from '../model/settings.ts';
import { dayNumber, dayNumberOf } from './days.ts';

/** What is known of a client's rhythm: enough to say who needs attention without reading history. */
export interface Rhythm {
  /** Instants of the latest touches, newest first; one in the future is a booked meeting. */
  readonly touches: readonly number[];
  readonly createdAt: number;
  readonly status: ClientStatus;
  readonly tier: Tier;
  readonly cadence: Cadence;
  readonly snoozedUntil: string | null;
  readonly skippedAt: number | null;
}

/** `due` is past the ideal interval, `overdue` past the maximum. */
export type Strength = 'none' | 'due' | 'overdue';

export interface Assessment {
  readonly lastTouchAt: number | null;
  readonly bookedAt: number | null;
  /** Local calendar days since the last touch, or since the client was added. */
  readonly quietDays: number;
  /** The median interval of the last touches in days, or null while there are too few to say. */
  readonly usualDays: number | null;
  /** Days from today until the ideal interval has passed; negative when it has. */
  readonly dueInDays: number;
  readonly strength: Strength;
  /** Quiet days over the client's own rhythm, weighted by tier: Today's order. */
  readonly urgency: number;
}

/** How many touches are kept for a client's rhythm. */
export const RHYTHM_TOUCHES = 12;
const MIN_GAPS_FOR_RHYTHM = 3;
/** A day late with an A client weighs as two with a D client. */
export const TIER_WEIGHT: Readonly<Record<Tier, number>> = { A: 1.6, B: 1.25, C: 1, D: 0.8 };
/** Someone paused or lost is not chased by the cadence. */
const RESTING: ReadonlySet<ClientStatus> = new Set<ClientStatus>(['paused', 'lost']);

export function assess(rhythm: Rhythm, nowMs: number): Assessment {
  const today = dayNumber(nowMs);
  const lastTouchAt = rhythm.touches.find((at) => at <= nowMs) ?? null;
  const bookedAt = rhythm.touches.findLast((at) => at > nowMs) ?? null;
  const usualDays = usualInterval(rhythm.touches.filter((at) => at <= nowMs));
  const quietDays = Math.max(0, today - dayNumber(lastTouchAt ?? rhythm.createdAt));
  const countsFrom = Math.max(lastTouchAt ?? rhythm.createdAt, rhythm.skippedAt ?? 0);
  const sinceDays = Math.max(0, today - dayNumber(countsFrom));
  const [ideal, max] = rhythm.cadence;
  return {
    lastTouchAt,
    bookedAt,
    quietDays,
    usualDays,
    dueInDays: ideal - sinceDays,
    strength: isResting(rhythm, bookedAt, today) ? 'none' : strengthOf(sinceDays, ideal, max),
    urgency: (sinceDays / Math.max(1, usualDays ?? ideal)) * TIER_WEIGHT[rhythm.tier],
  };
}

function isResting(rhythm: Rhythm, bookedAt: number | null, today: number): boolean {
  if (bookedAt !== null || RESTING.has(rhythm.status)) return true;
  return rhythm.snoozedUntil !== null && dayNumberOf(rhythm.snoozedUntil) > today;
}

function strengthOf(sinceDays: number, ideal: number, max: number): Strength {
  if (sinceDays >= max) return 'overdue';
  return sinceDays >= ideal ? 'due' : 'none';
}

/** The median of the gaps between touches on different days. */
function usualInterval(touches: readonly number[]): number | null {
  const days = [...new Set(touches.map(dayNumber))];
  const gaps = days.slice(1).map((day, index) => (days[index] ?? day) - day);
  if (gaps.length < MIN_GAPS_FOR_RHYTHM) return null;
  const sorted = gaps.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const high = sorted[middle] ?? 0;
  const low = sorted.length % 2 === 1 ? high : (sorted[middle - 1] ?? high);
  return Math.round((low + high) / 2);
}
