import { browser } from 'wxt/browser';
import { MainstayDatabase } from '../../db/database.ts';
import { storageFailure } from '../../db/open.ts';
import { PLANNER_ALARM, createPlanner, type Planner } from '../../features/today/planner.ts';
import { failed, type Answer } from '../../messaging/messages.ts';
import type { Asker } from '../../messaging/receive.ts';
import { createServices, type Services } from './services.ts';

export interface Background {
  answer(message: unknown, asker: Asker): Promise<Answer<unknown>>;
  plan(): Promise<void>;
  /** The alarm: counts Today again and looks at the worker. */
  wake(): Promise<void>;
}

/** How often the worker is looked at while nothing is open that listens. */
const SYNC_EVERY_MS = 5 * 60_000;

/** A database that does not open is tried again at the next message, not given up for good. */
export function createBackground(): Background {
  const db = new MainstayDatabase();
  let services: Promise<Services> | null = null;
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
    alsoDueAt: async () =>
      (await (await ready()).hasWorkspace()) ? Date.now() + SYNC_EVERY_MS : null,
    setAlarm: async (when) => browser.alarms.create(PLANNER_ALARM, { when }),
  });

  const ready = (): Promise<Services> => {
    services ??= createServices(db, planner).catch((error: unknown) => {
      services = null;
      throw error;
    });
    return services;
  };

  return {
    async answer(message, asker) {
      if (isBlocked) return failed('storage-blocked');
      try {
        return await (await ready()).receive(message, asker);
      } catch (error) {
        return storageFailure(error) ?? failed('unexpected', nameOf(error));
      }
    },
    async plan() {
      try {
        await ready();
        await planner.plan();
      } catch {
        // The popup reads the same rows and explains what is wrong; a badge cannot.
      }
    },
    async wake() {
      await this.plan();
      try {
        await (await ready()).syncNow();
      } catch {
        // As above: the status that pages show tells why.
      }
    },
  };
}

/** More than two digits do not fit on the badge. */
const badgeText = (count: number): string => (count > 99 ? '99+' : String(count));

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'unknown');
