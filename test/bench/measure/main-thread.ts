import type { Page } from 'puppeteer-core';

/** What the page's main thread itself ran, in milliseconds: others' work on the same cores is not in it. */
export interface MainThread {
  readonly taskMs: number;
  readonly scriptMs: number;
}

/** Starts counting; the answer says how much it was since. */
export async function watchMainThread(page: Page): Promise<() => Promise<MainThread>> {
  const session = await page.createCDPSession();
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const read = async (): Promise<MainThread> => {
    const { metrics } = await session.send('Performance.getMetrics');
    const ms = (name: string): number =>
      (metrics.find((metric) => metric.name === name)?.value ?? 0) * 1000;
    return { taskMs: ms('TaskDuration'), scriptMs: ms('ScriptDuration') };
  };
  const before = await read();
  return async () => {
    const after = await read();
    await session.detach();
    return { taskMs: after.taskMs - before.taskMs, scriptMs: after.scriptMs - before.scriptMs };
  };
}
