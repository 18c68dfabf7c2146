import { assess, type Assessment } from '../../shared/rules/cadence.ts';
import { SETTINGS_ID, type Settings } from '../../shared/model/settings.ts';
import { isHistoryArriving } from './arriving.ts';
import type { MainstayDatabase } from './database.ts';
import { rhythmOf, type RosterEntry } from './roster.ts';

export interface TodayLine {
  readonly entry: RosterEntry;
  readonly assessment: Assessment;
}

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
  for (const entry of entries) {
    const assessment = assess(rhythmOf(entry, settings), nowMs);
    if (assessment.strength !== 'none') lines.push({ entry, assessment });
  }
  return lines.sort(
    (a, b) =>
      b.assessment.urgency - a.assessment.urgency || a.entry.name.localeCompare(b.entry.name),
  );
}
