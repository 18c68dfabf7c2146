import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Verdict } from './simulate.ts';
import type { Task, ThreadData } from './thread.ts';

export interface PoolOptions extends ThreadData {
  readonly onVerdict?: (verdict: Verdict) => void;
  /** Ends with the first that fails. */
  readonly isFirstEnough?: boolean;
  /** Starting one costs as much as several seeds: for few, one is quicker, and leaves a core to others. */
  readonly threads?: number;
}

const MAX_THREADS = 4;

/** Runs each task on all cores, each thread one after the other, and gives those that failed. */
export async function runAll(
  tasks: Iterable<Task>,
  { mutant, onVerdict, isFirstEnough = false, threads = MAX_THREADS }: PoolOptions = {},
): Promise<readonly Verdict[]> {
  const waiting = tasks[Symbol.iterator]();
  const failed: Verdict[] = [];
  const isOver = (): boolean => isFirstEnough && failed.length > 0;
  const runThread = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const thread = new Worker(new URL('thread.ts', import.meta.url), {
        workerData: { ...(mutant !== undefined && { mutant }) } satisfies ThreadData,
        execArgv: ['--disable-warning=ExperimentalWarning'],
      });
      const next = (): void => {
        const task = isOver() ? { done: true as const } : waiting.next();
        if (task.done) void thread.terminate().then(() => resolve());
        else thread.postMessage(task.value, []);
      };
      thread.on('message', (verdict: Verdict) => {
        if (verdict.failures.length > 0) failed.push(verdict);
        onVerdict?.(verdict);
        next();
      });
      thread.on('error', reject);
      next();
    });
  const length = Math.min(threads, MAX_THREADS, availableParallelism());
  await Promise.all(Array.from({ length }, runThread));
  return failed.toSorted((a, b) => a.seed - b.seed);
}

export function* seedsFrom(first: number, count: number): Generator<Task> {
  for (let seed = first; seed < first + count; seed += 1) yield { seed };
}
