import type { Tier } from '../model/client-words.ts';
import type { PromiseDirection } from '../model/promise-words.ts';
import { TIER_WEIGHT } from './cadence.ts';
import { DAYS_IN_WEEK, dayNumberOf } from './days.ts';

interface Due {
  readonly dueOn?: string | null | undefined;
  readonly snoozedUntil?: string | null | undefined;
}

/**
 * How many days past its day an open promise is: 0 today, null while it is not due, has no day, or is
 * put off. One without a day that was put off is due when it comes back.
 */
export function daysLate({ dueOn, snoozedUntil }: Due, today: number): number | null {
  const due = dueOn ?? snoozedUntil;
  if (!due || (snoozedUntil && dayNumberOf(snoozedUntil) > today)) return null;
  const late = today - dayNumberOf(due);
  return late >= 0 ? late : null;
}

/** Our own word weighs more than what we wait for; both weigh a tier's weight, and more each week. */
const DIRECTION_WEIGHT: Readonly<Record<PromiseDirection, number>> = { ours: 2, theirs: 1.2 };

/** On the scale of a rhythm's urgency, where 1 is "as quiet as usual", for one order in Today. */
export const promiseUrgency = (direction: PromiseDirection, tier: Tier, late: number): number =>
  DIRECTION_WEIGHT[direction] * TIER_WEIGHT[tier] * (1 + late / DAYS_IN_WEEK);
