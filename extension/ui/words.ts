import type { Assessment } from '../../shared/rules/cadence.ts';
import { dayNumber, dayNumberOf, noonOf } from '../../shared/rules/days.ts';
import type { ClientPromise } from '../../shared/model/promise.ts';
import { isolate } from './isolate.ts';
import type { Translator } from './translate.ts';

/** "Quiet for 23 days, usually every 9": the sentence that matters, before any number. */
export function standSentence(
  t: Translator,
  assessment: Assessment,
  isHistoryArriving = false,
): string {
  const { lastTouchAt, quietDays, usualDays, strength } = assessment;
  if (lastTouchAt === null) {
    if (isHistoryArriving) return t.text('historyArriving');
    return quietDays === 0 ? t.text('neverTouchedToday') : t.text('neverTouched', { n: quietDays });
  }
  if (strength !== 'none') {
    return usualDays === null
      ? t.text('quiet', { n: quietDays })
      : t.text('quietUsual', { n: quietDays, usual: usualDays });
  }
  if (quietDays === 0) {
    return usualDays === null ? t.text('touchToday') : t.text('touchTodayUsual', { n: usualDays });
  }
  const when = t.relativeDays(-quietDays);
  return usualDays === null
    ? t.text('touchLast', { when })
    : t.text('touchLastUsual', { when, n: usualDays });
}

/** "Next touch in 5 days", or what is booked. */
export function nextSentence(t: Translator, assessment: Assessment, nowMs: number): string {
  const { bookedAt, dueInDays } = assessment;
  if (bookedAt !== null) {
    return t.text('nextBooked', { when: t.relativeDays(dayNumber(bookedAt) - dayNumber(nowMs)) });
  }
  if (dueInDays === 0) return t.text('nextDueToday');
  return dueInDays < 0
    ? t.text('nextWasDue', { n: -dueInDays })
    : t.text('nextDue', { when: t.relativeDays(dueInDays) });
}

/** "today", "yesterday", "12 Nov": words near today, the date further away. */
export function dayWords(t: Translator, instantMs: number, nowMs: number): string {
  const days = dayNumber(instantMs) - dayNumber(nowMs);
  return Math.abs(days) <= 6 ? t.relativeDays(days) : t.date(instantMs, nowMs);
}

/** "3 days late", "today", "in 2 days", "12 Dec", "no day": when a promise is due. */
export function dueWords(t: Translator, dueOn: string | null | undefined, nowMs: number): string {
  if (!dueOn) return t.text('promiseNoDay');
  const late = dayNumber(nowMs) - dayNumberOf(dueOn);
  return late > 0 ? t.text('promiseLate', { n: late }) : dayWords(t, noonOf(dueOn), nowMs);
}

/** "You owe: quote for phase 2, in 3 days". */
export const promiseWords = (
  t: Translator,
  { direction, what, dueOn }: Pick<ClientPromise, 'direction' | 'what' | 'dueOn'>,
  nowMs: number,
): string =>
  t.text(`promiseDue_${direction}`, { what: isolate(what), when: dueWords(t, dueOn, nowMs) });

/** What became of a suggestion of time; no minutes, and it was turned down. */
export const recordedWords = (t: Translator, minutes: number): string =>
  minutes === 0
    ? t.text('timeDeclined')
    : t.text('timeRecorded', { minutes: t.text('minutes', { n: minutes }) });
