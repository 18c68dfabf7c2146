import type { Child, Children } from '../../../support/children.ts';
import { inRoot, node } from '../../../support/paths.ts';

const PATIENCE_MS = 60_000;
const LISTENING = /^listening on (\d+)$/;
const KEPT_LINES = 20;

export interface ChildServerOptions {
  readonly children: Children;
  /** From the repository's root. */
  readonly script: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export interface ChildServer {
  readonly port: number;
  readonly stop: () => Promise<void>;
}

/** A server in a process of its own, which says `listening on <port>` once it can be asked. */
export async function startChildServer(options: ChildServerOptions): Promise<ChildServer> {
  const listening = Promise.withResolvers<number>();
  const said: string[] = [];
  const child: Child = options.children.start(
    node,
    ['--disable-warning=ExperimentalWarning', inRoot(options.script), ...options.args],
    {
      env: { ...process.env, ...options.env },
      onLine(line) {
        said.push(line);
        if (said.length > KEPT_LINES) said.shift();
        const port = LISTENING.exec(line)?.[1];
        if (port !== undefined) listening.resolve(Number(port));
      },
    },
  );
  const fail = (why: string): void =>
    listening.reject(new Error(`${options.script} ${why}; it said: ${said.join(' | ')}`));
  const timer = setTimeout(() => fail('did not start in time'), PATIENCE_MS);
  void child.exited.then((code) => fail(`ended with ${code}`));
  try {
    return { port: await listening.promise, stop: child.stop };
  } catch (error) {
    await child.stop();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
