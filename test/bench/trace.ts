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

export interface OurWork {
  /** All calls into our script, in milliseconds. */
  readonly scriptMs: number;
  /** The most of them in one task of the main thread. */
  readonly longestTaskMs: number;
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
  const ofTasks = tasks.map((task) => sum(calls.filter((call) => isWithin(call, task))));
  return { scriptMs: sum(calls) / 1000, longestTaskMs: Math.max(0, ...ofTasks) / 1000 };
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
