import type { Page } from 'puppeteer-core';
import * as v from 'valibot';

/** The parts of the browser's own trace that tell whose work ran when. Microseconds. */
const eventSchema = v.object({
  name: v.string(),
  ts: v.number(),
  dur: v.optional(v.number()),
  /** Of `dur`, what the thread itself ran: others' work on the same cores is not in it. */
  tdur: v.optional(v.number()),
  tid: v.number(),
  args: v.optional(
    v.looseObject({ data: v.optional(v.looseObject({ url: v.optional(v.string()) })) }),
  ),
});
const traceSchema = v.object({ traceEvents: v.array(v.unknown()) });
type TraceEvent = v.InferOutput<typeof eventSchema>;

const CATEGORIES = ['devtools.timeline', 'disabled-by-default-devtools.timeline', 'toplevel'];
const OURS = 'content-scripts/';
const STYLING = new Set(['UpdateLayoutTree', 'Layout']);

export interface OurWork {
  /** All calls into our script, in milliseconds. */
  readonly scriptMs: number;
  /** The most of them in one task of the main thread. */
  readonly longestTaskMs: number;
  /**
   * Of that task: style and layout of the page, which our question made the browser do before its
   * frame instead of in it.
   */
  readonly styleMs: number;
}

/** What our content script ran in a page while `act` did, as the browser traced it. */
export async function traceOurs(page: Page, act: () => Promise<void>): Promise<OurWork> {
  await page.tracing.start({ categories: CATEGORIES });
  await act();
  const bytes = await page.tracing.stop();
  if (!bytes) throw new Error('the browser gave no trace');
  const { traceEvents } = v.parse(traceSchema, JSON.parse(new TextDecoder().decode(bytes)));
  const events = traceEvents.flatMap((each) => {
    const parsed = v.safeParse(eventSchema, each);
    return parsed.success ? [parsed.output] : [];
  });
  const calls = outermost(events.filter(isOurCall));
  const tasks = events.filter(({ name }) => name.endsWith('RunTask'));
  const styling = outermost(events.filter(({ name }) => STYLING.has(name)));
  const ofTasks = tasks
    .map((task) => {
      const ours = calls.filter((call) => isWithin(call, task));
      const forced = styling.filter((each) => ours.some((call) => isWithin(each, call)));
      return { ms: sum(ours) / 1000, styleMs: sum(forced) / 1000 };
    })
    .toSorted((a, b) => b.ms - a.ms);
  const longest = ofTasks[0] ?? { ms: 0, styleMs: 0 };
  return { scriptMs: sum(calls) / 1000, longestTaskMs: longest.ms, styleMs: longest.styleMs };
}

const isOurCall = ({ name, args }: TraceEvent): boolean =>
  name === 'FunctionCall' && args?.data?.url?.includes(OURS) === true;

const isWithin = (inner: TraceEvent, outer: TraceEvent): boolean =>
  inner !== outer &&
  inner.tid === outer.tid &&
  inner.ts >= outer.ts &&
  inner.ts + (inner.dur ?? 0) <= outer.ts + (outer.dur ?? 0);

const outermost = (calls: readonly TraceEvent[]): readonly TraceEvent[] =>
  calls.filter((call) => !calls.some((other) => isWithin(call, other)));

const sum = (events: readonly TraceEvent[]): number =>
  events.reduce((all, { dur, tdur }) => all + (tdur ?? dur ?? 0), 0);
