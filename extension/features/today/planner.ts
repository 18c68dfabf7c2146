import { nextLocalMidnight } from '../../../shared/rules/days.ts';
import type { Today, TodayKeeper } from '../../db/today-keeper.ts';

export const PLANNER_ALARM = 'planner';
/** A little after midnight, so that the new day has begun wherever the clock rounds to. */
const AFTER_MIDNIGHT_MS = 60_000;
/** Changes come in bursts (an import, a first sync); what is shown needs only the last of them. */
const SETTLE_MS = 250;

export interface PlannerDeps {
  readonly keeper: TodayKeeper;
  readonly now: () => number;
  /** The badge, and what the popup shows at first. */
  readonly show: (today: Today) => Promise<void>;
  /** What was shown may be wrong in more than its lines: another language, another cadence. */
  readonly forget: () => Promise<void>;
  readonly setAlarm: (whenMs: number) => Promise<void>;
  /** Something else that has to happen by then (a look at the worker), or null. */
  readonly alsoDueAt: () => Promise<number | null>;
}

export interface Planner {
  /** Works out Today and plans the next time; safe to call at every start. */
  plan(): Promise<void>;
  /** These clients changed, or, when none is named, anything: works out Today soon. */
  changed(clientIds: readonly string[]): void;
}

/** Today changes by itself only when a day begins, so one alarm is enough; sync shares it. */
export function createPlanner({
  keeper,
  now,
  show,
  forget,
  setAlarm,
  alsoDueAt,
}: PlannerDeps): Planner {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isAll = false;
  const pending = new Set<string>();

  async function workOut(): Promise<void> {
    const ids = isAll ? [] : [...pending];
    isAll = false;
    pending.clear();
    await show(await keeper.today(ids));
  }

  return {
    async plan() {
      const midnight = nextLocalMidnight(now()) + AFTER_MIDNIGHT_MS;
      await setAlarm(Math.min(midnight, (await alsoDueAt()) ?? midnight));
      isAll = true;
      await workOut();
    },
    changed(clientIds) {
      if (clientIds.length === 0) {
        isAll = true;
        forget().catch(() => undefined);
      }
      for (const id of clientIds) pending.add(id);
      clearTimeout(timer);
      timer = setTimeout(() => {
        // What fails here shows when the popup opens and reads the same rows.
        workOut().catch(() => undefined);
      }, SETTLE_MS);
    },
  };
}
