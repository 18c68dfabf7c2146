import { assess, type Assessment, type Rhythm } from '../../shared/rules/cadence.ts';
import { dayNumber, MS_PER_DAY } from '../../shared/rules/days.ts';
import { daysLate, promiseUrgency } from '../../shared/rules/promise-due.ts';
import { SETTINGS_ID, type Settings } from '../../shared/model/settings.ts';
import { isHistoryArriving } from './arriving.ts';
import type { MainstayDatabase } from './database.ts';
import type { OpenPromise } from './promise-standing.ts';
import { rhythmOf, type RosterEntry } from './roster.ts';

/** The rhythm has passed: it is time to be in touch. */
export interface RhythmLine {
  readonly kind: 'rhythm';
  readonly entry: RosterEntry;
  readonly assessment: Assessment;
}

/** Something is owed, by us or by them, and its day has come. */
export interface PromiseLine {
  readonly kind: 'promise';
  readonly entry: RosterEntry;
  readonly promise: OpenPromise;
  /** 0 is today. */
  readonly daysLate: number;
}

export type TodayLine = RhythmLine | PromiseLine;

export interface Book {
  readonly entries: readonly RosterEntry[];
  readonly settings: Settings | undefined;
  readonly isHistoryArriving: boolean;
}

/** Every client's line, in one read of the roster's few rows. */
export async function readBook(db: MainstayDatabase): Promise<Book> {
  const [buckets, settings, isArriving] = await Promise.all([
    db.roster.toArray(),
    db.settings.get(SETTINGS_ID),
    isHistoryArriving(db),
  ]);
  const entries = buckets.flatMap((bucket) => Object.values(bucket.entries));
  return { entries, settings, isHistoryArriving: isArriving };
}

/** Who needs attention, the most urgent first. */
export function todayOf(
  { entries, settings }: Pick<Book, 'entries' | 'settings'>,
  nowMs: number,
): TodayLine[] {
  const lines: TodayLine[] = [];
  const today = dayNumber(nowMs);
  for (const entry of entries) {
    for (const promise of entry.promises ?? []) {
      const late = daysLate(promise, today);
      if (late !== null) lines.push({ kind: 'promise', entry, promise, daysLate: late });
    }
    const rhythm = rhythmOf(entry, settings);
    if (!canBeDue(rhythm, nowMs)) continue;
    const assessment = assess(rhythm, nowMs);
    if (assessment.strength !== 'none') lines.push({ kind: 'rhythm', entry, assessment });
  }
  return lines.sort(byUrgency());
}

/** The most urgent first, and by name what is equally urgent. */
export function byUrgency(): (a: TodayLine, b: TodayLine) => number {
  const { compare } = new Intl.Collator();
  return (a, b) => urgencyOf(b) - urgencyOf(a) || compare(a.entry.name, b.entry.name);
}

const urgencyOf = (line: TodayLine): number =>
  line.kind === 'rhythm'
    ? line.assessment.urgency
    : promiseUrgency(line.promise.direction, line.entry.tier, line.daysLate);

/** The day that has begun, and an hour of daylight saving: what the calendar can add to plain time. */
const CALENDAR_SLACK_DAYS = 2;

/**
 * False for who was in touch so lately that no calendar makes the interval pass: the greater part of
 * a book, and working with local days is what takes the time.
 */
function canBeDue({ touches, createdAt, skippedAt, cadence }: Rhythm, nowMs: number): boolean {
  const lastTouchAt = touches.find((at) => at <= nowMs) ?? createdAt;
  const countsFrom = Math.max(lastTouchAt, skippedAt ?? 0);
  return (nowMs - countsFrom) / MS_PER_DAY + CALENDAR_SLACK_DAYS >= Math.min(...cadence);
}
