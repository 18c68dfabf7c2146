import { nextLocalMidnight } from '../../../shared/rules/days.ts';
import type { MainstayDatabase } from '../../db/database.ts';
import { readBook, todayOf } from '../../db/today-query.ts';

export const PLANNER_ALARM = 'planner';
/** A little after midnight, so that the new day has begun wherever the clock rounds to. */
const AFTER_MIDNIGHT_MS = 60_000;
/** Changes come in bursts (an import, a first sync); the badge needs only the last of them. */
const SETTLE_MS = 250;

export interface PlannerDeps {
  readonly db: MainstayDatabase;
  readonly now: () => number;
  readonly showCount: (count: number) => Promise<void>;
  readonly setAlarm: (whenMs: number) => Promise<void>;
  /** Something else that has to happen by then (a look at the worker), or null. */
  readonly alsoDueAt: () => Promise<number | null>;
}

export interface Planner {
  /** Counts now and plans the next count; safe to call at every start. */
  plan(): Promise<void>;
  /** Something changed: counts soon. */
  changed(): void;
}

/** Today changes by itself only when a day begins, so one alarm is enough; sync shares it. */
export function createPlanner({ db, now, showCount, setAlarm, alsoDueAt }: PlannerDeps): Planner {
  let pending: ReturnType<typeof setTimeout> | undefined;
  const count = async (): Promise<void> => showCount(todayOf(await readBook(db), now()).length);
  return {
    async plan() {
      const midnight = nextLocalMidnight(now()) + AFTER_MIDNIGHT_MS;
      await setAlarm(Math.min(midnight, (await alsoDueAt()) ?? midnight));
      await count();
    },
    changed() {
      clearTimeout(pending);
      pending = setTimeout(() => {
        // A count that fails shows up when the popup opens and reads the same rows.
        count().catch(() => undefined);
      }, SETTLE_MS);
    },
  };
}
