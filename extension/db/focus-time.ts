import type { FocusSpan } from '../../shared/rules/focus.ts';
import { suggestedMinutes } from '../../shared/rules/focus.ts';
import { dayFromNumber, dayNumberOf } from '../../shared/rules/days.ts';
import type { MainstayDatabase } from './database.ts';
import { isLive } from './stored-row.ts';

/**
 * How long a client's pages were in front of the user on one local day: what a suggestion is made
 * of. It never leaves this device and is no time entry until the user says so.
 */
export interface FocusTime {
  readonly clientId: string;
  /** `YYYY-MM-DD`. */
  readonly day: string;
  readonly ms: number;
}

export interface TimeSuggestion {
  readonly clientId: string;
  readonly name: string;
  readonly day: string;
  readonly minutes: number;
}

/** In the database and not in memory: the background is stopped between two signs of life. */
const SPAN_KEY = 'focus-span';
/** Nobody remembers what they did for whom longer ago than this. */
const KEPT_DAYS = 14;

export const readSpan = async (db: MainstayDatabase): Promise<FocusSpan | null> =>
  ((await db.kv.get(SPAN_KEY))?.value as FocusSpan | null | undefined) ?? null;

/** Keeps the span, and adds what it has earned to the client of the one before; in one transaction. */
export async function keepFocus(
  db: MainstayDatabase,
  day: string,
  step: (span: FocusSpan | null) => { readonly span: FocusSpan | null; readonly creditMs: number },
): Promise<void> {
  await db.transaction('rw', [db.focusTimes, db.kv], async () => {
    const before = await readSpan(db);
    const { span, creditMs } = step(before);
    await db.kv.put({ key: SPAN_KEY, value: span });
    if (before === null || creditMs === 0) return;
    const { clientId } = before;
    const known = await db.focusTimes.get([clientId, day]);
    await db.focusTimes.put({ clientId, day, ms: (known?.ms ?? 0) + creditMs });
    const oldest = dayFromNumber(dayNumberOf(day) - KEPT_DAYS);
    if (!known) await db.focusTimes.where('day').below(oldest).delete();
  });
}

/** Minutes to suggest for one client and day; 0 once they were accepted or turned down. */
export async function minutesToSuggest(
  db: MainstayDatabase,
  clientId: string,
  day: string,
): Promise<number> {
  const [time, isSettled] = await Promise.all([
    db.focusTimes.get([clientId, day]),
    hasSuggested(db, clientId, day),
  ]);
  return time && !isSettled ? suggestedMinutes(time.ms) : 0;
}

/** All that is left to accept up to a day, the latest day first. */
export async function timeSuggestions(
  db: MainstayDatabase,
  untilDay: string,
): Promise<TimeSuggestion[]> {
  const times = await db.focusTimes.where('day').belowOrEqual(untilDay).toArray();
  const found = await Promise.all(
    times.map(async ({ clientId, day }) => {
      const [client, minutes] = await Promise.all([
        db.clients.get(clientId),
        minutesToSuggest(db, clientId, day),
      ]);
      return client && isLive(client) && minutes > 0
        ? [{ clientId, name: client.name, day, minutes }]
        : [];
    }),
  );
  return found.flat().sort((a, b) => (a.day < b.day ? 1 : -1) || b.minutes - a.minutes);
}

/** The entry that a suggestion has become, on this device or another. */
export async function suggestedEntryId(
  db: MainstayDatabase,
  clientId: string,
  day: string,
): Promise<string | null> {
  const entries = await db.timeEntries.where('[clientId+day]').equals([clientId, day]).toArray();
  return entries.find((entry) => entry.from === 'suggested' && isLive(entry))?.id ?? null;
}

const hasSuggested = async (
  db: MainstayDatabase,
  clientId: string,
  day: string,
): Promise<boolean> => (await suggestedEntryId(db, clientId, day)) !== null;
