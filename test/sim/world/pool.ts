import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Verdict } from './simulate.ts';
import type { ThreadData } from './thread.ts';

export interface PoolOptions extends ThreadData {
  readonly onVerdict?: (verdict: Verdict) => void;
  /** Ends with the first seed that fails. */
  readonly isFirstEnough?: boolean;
}

/** Runs seeds on all cores, each thread one after the other, and gives those that failed. */
export async function runSeeds(
  seeds: Iterable<number>,
  { mutant, onVerdict, isFirstEnough = false }: PoolOptions = {},
): Promise<readonly Verdict[]> {
  const waiting = seeds[Symbol.iterator]();
  const failed: Verdict[] = [];
  const isOver = (): boolean => isFirstEnough && failed.length > 0;
  const runThread = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const thread = new Worker(new URL('thread.ts', import.meta.url), {
        workerData: { ...(mutant !== undefined && { mutant }) } satisfies ThreadData,
        execArgv: ['--disable-warning=ExperimentalWarning'],
      });
      const next = (): void => {
        const seed = isOver() ? { done: true as const } : waiting.next();
        if (seed.done) void thread.terminate().then(() => resolve());
        else thread.postMessage(seed.value, []);
      };
      thread.on('message', (verdict: Verdict) => {
        if (verdict.failures.length > 0) failed.push(verdict);
        onVerdict?.(verdict);
        next();
      });
      thread.on('error', reject);
      next();
    });
  await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, runThread));
  return failed.toSorted((a, b) => a.seed - b.seed);
}

export function* seedsFrom(first: number, count: number): Generator<number> {
  for (let seed = first; seed < first + count; seed += 1) yield seed;
}
