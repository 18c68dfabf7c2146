import { browser } from 'wxt/browser';
import { watchBlocked } from '../../db/blocked.ts';
import { MainstayDatabase } from '../../db/database.ts';
import { createTodayKeeper } from '../../db/today-keeper.ts';
import { searchClients, type Found } from '../../db/search-query.ts';
import { readBook } from '../../db/today-query.ts';
import { noteIdle } from '../../features/time/background.ts';
import { forgetGlance, keepGlance } from '../../features/today/glance.ts';
import { PLANNER_ALARM, createPlanner, type Planner } from '../../features/today/planner.ts';
import { PANEL_STARTED } from '../../messaging/events.ts';
import { failed, ok, type Answer } from '../../messaging/messages.ts';
import type { Asker } from '../../messaging/receive.ts';
import { WAKE_MESSAGE } from '../../messaging/wake.ts';
import type { Language } from '../../ui/translate.ts';
import { currentLanguage } from './files.ts';
import { createServices } from './services.ts';

export interface Background {
  answer(message: unknown, asker: Asker): Promise<Answer<unknown>>;
  /** Clients by name, for the address bar; nobody when the book cannot be read. */
  readonly find: (text: string) => Promise<readonly Found[]>;
  plan(): Promise<void>;
  /** The alarm: counts Today again and looks at the worker. */
  wake(): Promise<void>;
  /** The computer has been idle for so long, or was locked just now. */
  away(idleMs: number): Promise<void>;
}

/** After a start, so that what woke the background is answered before anything is counted. */
const SETTLE_MS = 1500;

export function createBackground(): Background {
  const db = new MainstayDatabase();
  const blocked = watchBlocked(db);
  const language = (): Promise<Language> => currentLanguage(db, blocked.next());

  const planner: Planner = createPlanner({
    keeper: createTodayKeeper(db, Date.now),
    now: Date.now,
    show: async (today) => {
      const count = today.lines.length;
      await Promise.all([
        browser.action.setBadgeText({ text: count > 0 ? badgeText(count) : '' }),
        browser.action.setBadgeBackgroundColor({ color: '#b3540b' }),
        language().then((words) => keepGlance(today, words)),
      ]);
    },
    alsoDueAt: () => services.syncDueAt(),
    forget: forgetGlance,
    setAlarm: async (when) => browser.alarms.create(PLANNER_ALARM, { when }),
  });
  const services = createServices(db, planner, language);

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
      // A panel needs its words to say what is wrong.
      const isBlocked = !isNamed(message, PANEL_STARTED) && (await blocked.isNow());
      if (isBlocked) return failed('storage-blocked');
      // The database is open now, before there is anything to look up in it.
      if (isNamed(message, WAKE_MESSAGE)) return ok(null);
      return services.receive(message, asker);
    },
    async find(text) {
      try {
        return await searchClients(db, await readBook(db), text);
      } catch {
        return [];
      }
    },
    plan,
    async away(idleMs) {
      try {
        await noteIdle(db, idleMs, Date.now);
      } catch {
        // The page's own silence ends the counting as well.
      }
    },
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

export const isNamed = (message: unknown, name: string): boolean =>
  typeof message === 'object' && message !== null && 'name' in message && message.name === name;

/** More than two digits do not fit on the badge. */
const badgeText = (count: number): string => (count > 99 ? '99+' : String(count));
