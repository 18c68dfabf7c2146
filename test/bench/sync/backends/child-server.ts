import { relative } from 'node:path';
import type { Child, Children } from '../../../support/children.ts';
import { node, root } from '../../../support/paths.ts';

const PATIENCE_MS = 120_000;
const LISTENING = /^listening on (\d+)$/;
const KEPT_LINES = 20;

export interface ChildServerOptions {
  readonly children: Children;
  readonly script: string;
  readonly args: readonly string[];
  readonly onLine?: (line: string) => void;
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
    ['--disable-warning=ExperimentalWarning', options.script, ...options.args],
    {
      onLine(line) {
        options.onLine?.(line);
        said.push(line);
        if (said.length > KEPT_LINES) said.shift();
        const port = LISTENING.exec(line)?.[1];
        if (port !== undefined) listening.resolve(Number(port));
      },
    },
  );
  let isStopping = false;
  const fail = (why: string): void => {
    const text = `${relative(root, options.script)} ${why}; it said: ${said.join(' | ')}`;
    listening.reject(new Error(text));
    // Later the one who asked it something notices too, but not why.
    if (!isStopping) console.log(`  ${text}`);
  };
  const timer = setTimeout(() => fail('did not start in time'), PATIENCE_MS);
  void child.exited.then((code) => fail(`ended with ${code}`));
  const stop = (): Promise<void> => {
    isStopping = true;
    return child.stop();
  };
  try {
    return { port: await listening.promise, stop };
  } catch (error) {
    await stop();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
