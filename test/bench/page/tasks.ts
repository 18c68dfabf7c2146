/** The longest uninterrupted work of the page, in which nothing else could have had its turn. */
export interface Tasks {
  /** Only what happens meanwhile counts. */
  during<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Milliseconds; 0 when no task took 50 ms, since the browser does not tell of shorter ones. */
  longest(): Promise<number>;
}

/** By the browser's own account of long tasks. */
export function watchTasks(): Tasks {
  const spans: { readonly from: number; readonly to: number }[] = [];
  const entries: PerformanceEntry[] = [];
  const observer = new PerformanceObserver((list) => entries.push(...list.getEntries()));
  observer.observe({ type: 'longtask' });
  return {
    async during(work) {
      // What prepared the work must not be counted with it.
      await nextTask();
      const from = performance.now();
      const result = await work();
      spans.push({ from, to: performance.now() });
      return result;
    },
    async longest() {
      await nextTask();
      entries.push(...observer.takeRecords());
      observer.disconnect();
      const inside = entries.filter(({ startTime }) =>
        spans.some(({ from, to }) => startTime >= from && startTime < to),
      );
      return Math.max(0, ...inside.map(({ duration }) => duration));
    },
  };
}

const nextTask = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 50));
