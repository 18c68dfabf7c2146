import { browser } from 'wxt/browser';
import { MainstayDatabase } from '../../db/database.ts';
import { PLANNER_ALARM, createPlanner, type Planner } from '../../features/today/planner.ts';
import { failed, type Answer } from '../../messaging/messages.ts';
import type { Asker } from '../../messaging/receive.ts';
import { createServices } from './services.ts';

export interface Background {
  answer(message: unknown, asker: Asker): Promise<Answer<unknown>>;
  plan(): Promise<void>;
  /** The alarm: counts Today again and looks at the worker. */
  wake(): Promise<void>;
}

/** After a start, so that what woke the background is answered before anything is counted. */
const SETTLE_MS = 1500;

export function createBackground(): Background {
  const db = new MainstayDatabase();
  let isBlocked = false;
  db.on('blocked', () => {
    isBlocked = true;
  });
  db.on('ready', () => {
    isBlocked = false;
  });

  const planner: Planner = createPlanner({
    db,
    now: Date.now,
    showCount: async (count) => {
      await browser.action.setBadgeText({ text: count > 0 ? badgeText(count) : '' });
      await browser.action.setBadgeBackgroundColor({ color: '#b3540b' });
    },
    alsoDueAt: () => services.syncDueAt(),
    setAlarm: async (when) => browser.alarms.create(PLANNER_ALARM, { when }),
  });
  const services = createServices(db, planner);

  async function plan(): Promise<void> {
    try {
      await services.settle();
      await planner.plan();
    } catch {
      // The popup reads the same rows and explains what is wrong; a badge cannot.
    }
  }

  setTimeout(() => void plan(), SETTLE_MS);
  return {
    async answer(message, asker) {
      if (isBlocked) return failed('storage-blocked');
      return services.receive(message, asker);
    },
    plan,
    async wake() {
      await plan();
      try {
        await services.syncNow();
      } catch {
        // As above: the status that pages show tells why.
      }
    },
  };
}

/** More than two digits do not fit on the badge. */
const badgeText = (count: number): string => (count > 99 ? '99+' : String(count));
