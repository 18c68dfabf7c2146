/**
 * From signs of life to time: a page says "the user is here, on this client's thread" when it comes to
 * the front and about once a minute while something is done in it, and "gone" when it no longer is.
 */
export interface FocusSpan {
  readonly clientId: string;
  /** Of the page that spoke. */
  readonly tabId: number | null;
  /** The last sign of life, UTC milliseconds. */
  readonly at: number;
}

export interface FocusSign {
  /** Null: nobody's thread is in front in this tab any more. */
  readonly clientId: string | null;
  readonly tabId: number | null;
}

export interface FocusStep {
  readonly span: FocusSpan | null;
  /** What is to be added for the client of the span before. */
  readonly creditMs: number;
}

/** Reading without touching anything is work too; a longer silence is an absence. */
export const LONGEST_SILENCE_MS = 5 * 60_000;

/** What a sign means after what is known; nothing is in memory but what the caller keeps. */
export function nextFocus(span: FocusSpan | null, sign: FocusSign, nowMs: number): FocusStep {
  const { clientId, tabId } = sign;
  // Another tab has come to the front before this one said that it went.
  if (clientId === null && span !== null && span.tabId !== tabId) return { span, creditMs: 0 };
  const next = clientId === null ? null : { clientId, tabId, at: nowMs };
  return { span: next, creditMs: span === null ? 0 : creditOf(nowMs - span.at) };
}

/** The computer has been idle for so long, or was locked just now: time ends before that. */
export function endFocus(span: FocusSpan | null, idleMs: number, nowMs: number): number {
  return span === null ? 0 : creditOf(Math.max(0, nowMs - idleMs - span.at));
}

/** A clock that was set back, or a night's sleep, is no time at all. */
const creditOf = (ms: number): number => (ms > 0 && ms <= LONGEST_SILENCE_MS ? ms : 0);

/** Less than this is a look, not work. */
export const LEAST_MINUTES = 5;
const MS_PER_MINUTE = 60_000;
const STEP_MINUTES = 5;
const QUARTER_MINUTES = 15;
const MINUTES_PER_DAY = 24 * 60;

/** To five minutes, which is as exact as it is; 0 when there is nothing to suggest. */
export function suggestedMinutes(ms: number): number {
  const minutes = Math.round(ms / MS_PER_MINUTE);
  if (minutes < LEAST_MINUTES) return 0;
  return Math.min(MINUTES_PER_DAY, Math.round(minutes / STEP_MINUTES) * STEP_MINUTES);
}

/** The quarters of an hour below and above, for correcting in one click. */
export function otherMinutes(minutes: number): readonly number[] {
  const below = Math.ceil(minutes / QUARTER_MINUTES - 1) * QUARTER_MINUTES;
  const above = Math.floor(minutes / QUARTER_MINUTES + 1) * QUARTER_MINUTES;
  return [below, above].filter((each) => each > 0 && each <= MINUTES_PER_DAY);
}
