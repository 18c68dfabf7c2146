import { dayNumber } from '../../shared/rules/days.ts';
import { isSample } from '../../shared/model/ids.ts';
import { SETTINGS_ID } from '../../shared/model/settings.ts';
import { isHistoryArriving } from './arriving.ts';
import type { MainstayDatabase } from './database.ts';
import { bucketOf, type RosterBucket } from './roster.ts';
import { byUrgency, todayOf, type TodayLine } from './today-query.ts';

/** Today in full, and what else the first screen says of the book. */
export interface Today {
  /** The local day it was worked out for: another day makes another list. */
  readonly day: number;
  readonly lines: readonly TodayLine[];
  readonly isEmpty: boolean;
  readonly hasSample: boolean;
  readonly isHistoryArriving: boolean;
}

export interface TodayKeeper {
  /** Works out what `clientIds` have changed; everything when there are none to name, or a new day. */
  today(clientIds: readonly string[]): Promise<Today>;
}

interface Part {
  readonly lines: readonly TodayLine[];
  readonly isEmpty: boolean;
  readonly hasSample: boolean;
}

/**
 * Remembers the lines of each bucket of the roster for as long as the background lives, so that a
 * log reads and counts a sixty-fourth of the book. Correct only where all writes are heard of.
 */
export function createTodayKeeper(db: MainstayDatabase, now: () => number): TodayKeeper {
  const parts = new Map<number, Part>();
  let day = -1;

  async function refresh(clientIds: readonly string[]): Promise<void> {
    const isAll = clientIds.length === 0 || day !== dayNumber(now());
    const [buckets, settings] = await Promise.all([
      isAll ? db.roster.toArray() : db.roster.bulkGet([...new Set(clientIds.map(bucketOf))]),
      db.settings.get(SETTINGS_ID),
    ]);
    if (isAll) parts.clear();
    day = dayNumber(now());
    for (const bucket of buckets) {
      if (bucket) parts.set(bucket.bucket, partOf(bucket));
    }

    function partOf({ entries }: RosterBucket): Part {
      const all = Object.values(entries);
      return {
        lines: todayOf({ entries: all, settings }, now()),
        isEmpty: all.length === 0,
        hasSample: all.some(({ clientId }) => isSample(clientId)),
      };
    }
  }

  return {
    async today(clientIds) {
      const [isArriving] = await Promise.all([isHistoryArriving(db), refresh(clientIds)]);
      const all = [...parts.values()];
      return {
        day,
        lines: all.flatMap(({ lines }) => lines).sort(byUrgency()),
        isEmpty: all.every(({ isEmpty }) => isEmpty),
        hasSample: all.some(({ hasSample }) => hasSample),
        isHistoryArriving: isArriving,
      };
    },
  };
}
