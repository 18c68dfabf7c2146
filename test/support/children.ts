import { spawn, type ChildProcess } from 'node:child_process';
import { delimiter } from 'node:path';
import { createInterface } from 'node:readline';
import { inRoot } from './paths.ts';

export interface ChildOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Both outputs, line by line. */
  readonly onLine?: (line: string) => void;
}

export interface Child {
  /** The exit code; a signal counts as 1, a program that cannot be started as 127. Never rejects. */
  readonly exited: Promise<number>;
  readonly isRunning: () => boolean;
  /** Ends the child and everything it started. */
  readonly stop: () => Promise<void>;
  /** As a power cut would: nothing of it gets to finish anything. */
  readonly kill: () => Promise<void>;
}

export interface Children {
  start(command: string, args: readonly string[], options?: ChildOptions): Child;
  /** Something else that has to be closed with the children: a browser, a server. */
  own(stop: () => Promise<void>): void;
  stopAll(): Promise<void>;
}

/** Time for a child to end by itself before it is killed. */
const gracePeriodMs = 4000;

/**
 * Everything started here is stopped when this process ends, is interrupted or is terminated. Each
 * child leads a process group, so that what it started itself (workerd below wrangler) goes too.
 */
export function createChildren(): Children {
  const running = new Set<ChildProcess>();
  const stops: (() => Promise<void>)[] = [];

  // Before whatever else is tidied up then: there may be no time for both.
  process.prependListener('exit', () => {
    for (const child of running) signalGroup(child, 'SIGKILL');
  });

  const stopAll = async (): Promise<void> => {
    await Promise.allSettled(stops.splice(0).map((stop) => stop()));
  };

  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const) {
    process.once(signal, () => {
      void stopAll().finally(() => process.exit(code));
    });
  }

  return {
    start(command, args, options = {}) {
      const child = spawn(command, args, {
        cwd: options.cwd,
        env: withOwnNode(options.env ?? process.env),
        // No stdin: a question of a tool would otherwise wait for ever.
        stdio: ['ignore', 'pipe', 'pipe'],
        detached: process.platform !== 'win32',
      });
      running.add(child);
      if (options.onLine) {
        createInterface({ input: child.stdout }).on('line', options.onLine);
        createInterface({ input: child.stderr }).on('line', options.onLine);
      } else {
        child.stdout.resume();
        child.stderr.resume();
      }
      const exited = new Promise<number>((resolve) => {
        child.once('error', (error) => {
          running.delete(child);
          options.onLine?.(`${command}: ${error.message}`);
          resolve(127);
        });
        // `close`, not `exit`: the last lines have been read by then.
        child.once('close', (code) => {
          running.delete(child);
          resolve(code ?? 1);
        });
      });
      const stop = async (): Promise<void> => {
        if (!running.has(child)) return;
        signalGroup(child, 'SIGTERM');
        const timer = setTimeout(() => {
          signalGroup(child, 'SIGKILL');
        }, gracePeriodMs);
        await exited;
        clearTimeout(timer);
        // What outlived its leader in the same group.
        signalGroup(child, 'SIGKILL');
      };
      stops.push(stop);
      const kill = async (): Promise<void> => {
        signalGroup(child, 'SIGKILL');
        await exited;
      };
      return { exited, isRunning: () => running.has(child), stop, kill };
    },
    own(stop) {
      stops.push(stop);
    },
    stopAll,
  };
}

/** The tools are scripts for Node 24, the project's own, also when this was not started by npm. */
const withOwnNode = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({
  ...env,
  PATH: [inRoot('node_modules/.bin'), env['PATH'] ?? ''].join(delimiter),
});

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // Already gone.
  }
}
