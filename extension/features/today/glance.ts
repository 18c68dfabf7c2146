import { browser } from 'wxt/browser';
import { dayNumber } from '../../../shared/rules/days.ts';
import type { Today } from '../../db/today-keeper.ts';
import type { Language } from '../../ui/translate.ts';

/**
 * Today's first screen as the background last worked it out, kept in the browser's memory: the popup
 * shows it before the database is open, and replaces it with what it then reads itself. Never on
 * the disk, and not within a page's reach.
 */
export interface Glance {
  readonly today: Today;
  /** How many lines there are in all; `today` has only the first of them. */
  readonly total: number;
  readonly language: Language;
}

const KEY = 'glance';
/** A screen of the popup and a little more. */
const GLANCE_LINES = 25;

export async function keepGlance(today: Today, language: Language): Promise<void> {
  const glance: Glance = {
    today: { ...today, lines: today.lines.slice(0, GLANCE_LINES) },
    total: today.lines.length,
    language,
  };
  await browser.storage.session.set({ [KEY]: glance });
}

/** Until the next one is kept, the popup reads for itself. */
export const forgetGlance = (): Promise<void> => browser.storage.session.remove(KEY);

/** Null when there is none, or it is of another day. */
export async function readGlance(nowMs: number): Promise<Glance | null> {
  const stored = await browser.storage.session.get(KEY);
  const glance = stored[KEY] as Glance | undefined;
  return glance?.today.day === dayNumber(nowMs) ? glance : null;
}
