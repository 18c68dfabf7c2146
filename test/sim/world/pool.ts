import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Verdict } from './simulate.ts';
import type { Task } from './process.ts';

export interface PoolOptions {
  /** The bug that is planted into what runs. */
  readonly mutant?: string;
  readonly onVerdict?: (verdict: Verdict) => void;
  /** Ends with the first that fails. */
  readonly isFirstEnough?: boolean;
  /** Starting one costs as much as several seeds: for few, one is quicker, and leaves a core to others. */
  readonly processes?: number;
}

const MAX_PROCESSES = 4;

/**
 * Runs each task on all cores, each process one after the other, and gives those that failed.
 * Processes, not threads: Node itself may crash (a segmentation fault was seen, once in
 * many runs), and only a process does so alone. Its task is then given to another, once.
 */
export async function runAll(
  tasks: Iterable<Task>,
  { mutant, onVerdict, isFirstEnough = false, processes = MAX_PROCESSES }: PoolOptions = {},
): Promise<readonly Verdict[]> {
  const waiting = tasks[Symbol.iterator]();
  const failed: Verdict[] = [];
  const isOver = (): boolean => isFirstEnough && failed.length > 0;
  const nextTask = (): Task | undefined => {
    const next = isOver() ? undefined : waiting.next();
    return next?.done ? undefined : next?.value;
  };

  /** Works until there is nothing left, or gives the task during which a signal ended it. */
  const work = (first: Task): Promise<{ task: Task; signal: NodeJS.Signals } | undefined> =>
    new Promise((resolve, reject) => {
      const child = fork(
        fileURLToPath(new URL('process.ts', import.meta.url)),
        mutant === undefined ? [] : [mutant],
        { execArgv: ['--disable-warning=ExperimentalWarning'] },
      );
      let task: Task | undefined = first;
      child.on('message', (verdict: Verdict) => {
        if (verdict.failures.length > 0) failed.push(verdict);
        onVerdict?.(verdict);
        task = nextTask();
        if (task) child.send(task);
        else child.kill();
      });
      child.on('error', reject);
      child.on('exit', (code, signal) => {
        if (!task) resolve(undefined);
        else if (signal) resolve({ task, signal });
        else reject(new Error(`seed ${String(task.seed)}: ended with code ${String(code)}`));
      });
      child.send(first);
    });

  async function workThrough(): Promise<void> {
    let crashed: number | undefined;
    for (let task = nextTask(); task;) {
      const crash = await work(task);
      if (!crash) return;
      const { seed } = crash.task;
      if (crashed === seed) throw new Error(`seed ${String(seed)}: ${crash.signal}, twice`);
      console.warn(`seed ${String(seed)}: ${crash.signal}; once more in another process`);
      crashed = seed;
      task = crash.task;
    }
  }

  const length = Math.min(processes, MAX_PROCESSES, availableParallelism());
  await Promise.all(Array.from({ length }, workThrough));
  return failed.toSorted((a, b) => a.seed - b.seed);
}

export function* seedsFrom(first: number, count: number): Generator<Task> {
  for (let seed = first; seed < first + count; seed += 1) yield { seed };
}
