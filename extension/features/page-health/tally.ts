import { isFallback } from '../../sites/rules.ts';
import type { DriftReport } from '../../sites/snapshot.ts';
import { healthKey, readHealth, type HealthStore } from './host-health.ts';

/** A question that only fallbacks have answered so often in a row: the page has changed, perhaps. */
const STREAK = 5;

export interface TallyDeps {
  readonly host: string;
  readonly area: Pick<HealthStore, 'get' | 'set'>;
  readonly now: () => number;
  /** The structure of what is shown now; asked for only when there is something to report. */
  readonly report: (missing: readonly string[]) => DriftReport;
}

export interface Tally {
  /**
   * What was read of one page of a kind (a thread, a list), by question: which rule answered.
   * Readings of one page count once, the last of them: before it, ids may not have been painted yet.
   */
  read(kind: string, page: string, via: Via): void;
  /** Something could not be read at all. */
  drifted(report: DriftReport): void;
  /** Adds what was counted to what the device knows. */
  keep(): Promise<void>;
}

type Via = Readonly<Record<string, string>>;

/** Counts which rule matched, and notices when the newest of them stop matching. */
export function createTally({ host, area, now, report }: TallyDeps): Tally {
  const latest = new Map<string, { readonly page: string; readonly via: Via }>();
  const streaks = new Map<string, number>();
  let counted: [question: string, rule: string][] = [];
  let drift: DriftReport | null = null;
  let suspicion: DriftReport | null = null;

  function settle(kind: string): void {
    for (const [question, rule] of Object.entries(latest.get(kind)?.via ?? {})) {
      counted.push([question, rule]);
      streaks.set(question, isFallback(rule) ? (streaks.get(question) ?? 0) + 1 : 0);
    }
    latest.delete(kind);
  }

  return {
    read(kind, page, via) {
      if (latest.get(kind)?.page !== page) settle(kind);
      latest.set(kind, { page, via });
      const missing = Object.keys(via).filter((question) => streaks.get(question) === STREAK);
      if (missing.length > 0) suspicion ??= report(missing);
    },
    drifted(found) {
      drift = found;
    },
    /** Two tabs that keep in the same instant lose one of the two: these are counts, not records. */
    async keep() {
      for (const kind of latest.keys()) settle(kind);
      if (counted.length === 0 && !drift) return;
      const before = await readHealth(area, host);
      const counts: Record<string, Record<string, number>> = { ...before?.counts };
      // A page that never was as we know it, another edition of it, has not drifted.
      const hadWorked = suspicion?.missing.some((question) =>
        Object.keys(counts[question] ?? {}).some((rule) => !isFallback(rule)),
      );
      for (const [question, rule] of counted) {
        counts[question] = { ...counts[question], [rule]: (counts[question]?.[rule] ?? 0) + 1 };
      }
      const found = drift ?? (hadWorked ? suspicion : null);
      counted = [];
      drift = null;
      suspicion = null;
      await area.set({
        [healthKey(host)]: {
          since: before?.since ?? now(),
          counts,
          drift: found ? { ...found, at: now() } : (before?.drift ?? null),
        },
      });
    },
  };
}
