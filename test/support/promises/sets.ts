import { isMonthFirstIn, weekOf } from '../../../shared/rules/promises/days/calendar.ts';
import type { DetectOptions } from '../../../shared/rules/promises/detect.ts';
import { english as englishDevelopment } from './development/en.ts';
import { persian as persianDevelopment } from './development/fa.ts';
import { finnish as finnishDevelopment } from './development/fi.ts';
import { hebrew as hebrewDevelopment } from './development/he.ts';
import { polish as polishDevelopment } from './development/pl.ts';
import { chinese as chineseDevelopment } from './development/zh.ts';
import { english as englishHeldOut } from './held-out/en.ts';
import { persian as persianHeldOut } from './held-out/fa.ts';
import { finnish as finnishHeldOut } from './held-out/fi.ts';
import { hebrew as hebrewHeldOut } from './held-out/he.ts';
import { polish as polishHeldOut } from './held-out/pl.ts';
import { chinese as chineseHeldOut } from './held-out/zh.ts';
import type { Labelled } from './labelled.ts';

export interface LabelledSet {
  readonly name: string;
  /** What the rules were made with. */
  readonly development: readonly Labelled[];
  /** Written after the rules; they were not changed for it. */
  readonly heldOut: readonly Labelled[];
  readonly options: Omit<DetectOptions, 'author'>;
}

/** Wednesday 25 November 2026, ten in the morning UTC: the same day in all the zones below. */
const NOW = Date.UTC(2026, 10, 25, 10);

const setOf = (
  name: string,
  language: string,
  timeZone: string,
  development: readonly Labelled[],
  heldOut: readonly Labelled[],
): LabelledSet => ({
  name,
  development,
  heldOut,
  options: {
    nowMs: NOW,
    timeZone,
    week: weekOf(language),
    isMonthFirst: isMonthFirstIn(language),
  },
});

export const labelledSets: readonly LabelledSet[] = [
  setOf('English', 'en-GB', 'Europe/London', englishDevelopment, englishHeldOut),
  setOf('Finnish', 'fi', 'Europe/Helsinki', finnishDevelopment, finnishHeldOut),
  setOf('Polish', 'pl', 'Europe/Warsaw', polishDevelopment, polishHeldOut),
  setOf('Chinese', 'zh', 'Asia/Shanghai', chineseDevelopment, chineseHeldOut),
  setOf('Hebrew', 'he', 'Asia/Jerusalem', hebrewDevelopment, hebrewHeldOut),
  setOf('Persian', 'fa', 'Asia/Tehran', persianDevelopment, persianHeldOut),
];
