/**
 * Simulated time. Nothing happens but what stands in the queue, one after the other; between two
 * events every promise that can go on does. So a year passes in no time, and in the same way again.
 */
export interface Timeline {
  /** UTC milliseconds: the world's own time, that of a clock which is right. */
  now(): number;
  /** Runs `task` after `delayMs`; what it returns is awaited before anything else happens. */
  after(delayMs: number, task: () => unknown): () => void;
  /** Everything that is due up to then. */
  runUntil(ms: number): Promise<void>;
  /** As much as it takes for `promise` to settle. Throws when nothing is left that could. */
  drive<Value>(promise: Promise<Value>): Promise<Value>;
}

interface Due {
  readonly at: number;
  readonly order: number;
  task: (() => unknown) | null;
}

/** Far more than anything needs: something asks again and again without end. */
const MAX_EVENTS = 50_000;

export function createTimeline(startMs: number): Timeline {
  let nowMs = startMs;
  let order = 0;
  const queue: Due[] = [];

  /** Behind everything that is due at the same moment, so that order is kept. */
  function insert(due: Due): void {
    let low = 0;
    let high = queue.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((queue[middle]?.at ?? 0) <= due.at) low = middle + 1;
      else high = middle;
    }
    queue.splice(low, 0, due);
  }

  async function runNext(): Promise<boolean> {
    const due = queue.shift();
    if (!due) return false;
    if (!due.task) return true;
    nowMs = Math.max(nowMs, due.at);
    await due.task();
    await settled();
    return true;
  }

  return {
    now: () => nowMs,
    after(delayMs, task) {
      const due: Due = { at: nowMs + Math.max(0, delayMs), order: (order += 1), task };
      insert(due);
      return () => {
        due.task = null;
      };
    },
    async runUntil(ms) {
      await settled();
      for (let events = 0; (queue[0]?.at ?? Number.POSITIVE_INFINITY) <= ms; events += 1) {
        if (events > MAX_EVENTS) throw new Error('it goes on for ever');
        await runNext();
      }
      nowMs = Math.max(nowMs, ms);
    },
    async drive(promise) {
      let isDone = false;
      const watch = (): void => {
        isDone = true;
      };
      promise.then(watch, watch);
      await settled();
      for (let events = 0; !isDone; events += 1) {
        if (events > MAX_EVENTS) throw new Error('it goes on for ever');
        if (!(await runNext())) throw new Error('it waits for something that never comes');
      }
      return promise;
    },
  };
}

/** All promises that need nothing from outside have gone as far as they can: they precede this. */
const settled = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });
