import type { Translator } from './translate.ts';

interface Standing {
  readonly state: 'none' | 'idle' | 'syncing' | 'offline' | 'locked' | 'error';
  readonly lastSuccessAt: number | null;
  readonly pending: number;
}

const MS_PER_MINUTE = 60_000;
const MINUTES_PER_HOUR = 60;
const MINUTES_PER_DAY = 24 * MINUTES_PER_HOUR;

/** "Synced 3 minutes ago", "Offline; saved here · 2 changes wait": only what was confirmed. */
export function syncSentence(
  t: Translator,
  { state, lastSuccessAt, pending }: Standing,
  nowMs: number,
): string {
  if (state === 'none') return t.text('syncStatus_none');
  const when = lastSuccessAt === null ? null : agoWords(t, nowMs - lastSuccessAt);
  const standing =
    state === 'idle' && when !== null
      ? t.text('syncStatus_idle', { when })
      : t.text(`syncStatus_${state === 'idle' ? 'syncing' : state}`);
  return pending > 0 ? `${standing} · ${t.text('syncPending', { n: pending })}` : standing;
}

/** "just now", "3 minutes ago", "2 days ago". */
export function agoWords(t: Translator, elapsedMs: number): string {
  const minutes = Math.floor(elapsedMs / MS_PER_MINUTE);
  if (minutes < 1) return t.text('syncJustNow');
  if (minutes < MINUTES_PER_HOUR) return t.relative(-minutes, 'minute');
  if (minutes < MINUTES_PER_DAY) return t.relative(-Math.floor(minutes / MINUTES_PER_HOUR), 'hour');
  return t.relative(-Math.floor(minutes / MINUTES_PER_DAY), 'day');
}
