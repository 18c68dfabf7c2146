import { mkdir } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { Children } from './children.ts';
import { inRoot, node } from './paths.ts';
import { freePort } from './ports.ts';
import { Problem } from './problem.ts';

export interface RunningWorker {
  /** `http://127.0.0.1:<port>`, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  /** What it has said so far, for a failing test or a clear message. */
  readonly log: readonly string[];
  readonly stop: () => Promise<void>;
  /** As a power cut would. */
  readonly kill: () => Promise<void>;
}

export interface WorkerOptions {
  readonly children: Children;
  /** Where Durable Objects keep their data between runs. */
  readonly persistTo: string;
  readonly port?: number;
  readonly config?: string;
  readonly timeoutMs?: number;
}

/** `wrangler dev` on loopback: the real worker in workerd, no account, no telemetry. */
export async function startWorker(options: WorkerOptions): Promise<RunningWorker> {
  const port = options.port ?? (await freePort());
  const url = `http://127.0.0.1:${port}`;
  const log: string[] = [];
  await mkdir(options.persistTo, { recursive: true });
  const child = options.children.start(
    node,
    [
      inRoot('node_modules/wrangler/bin/wrangler.js'),
      'dev',
      `--config=${options.config ?? inRoot('worker/wrangler.jsonc')}`,
      '--ip=127.0.0.1',
      `--port=${port}`,
      `--inspector-port=${await freePort()}`,
      `--persist-to=${options.persistTo}`,
      // The deployed worker asks for a secret before it creates a workspace; this one is ours alone.
      '--var=WORKSPACE_CREATION:open',
      '--var=RATE_LIMITS:off',
      '--log-level=info',
      '--show-interactive-dev-session=false',
    ],
    { env: workerEnvironment(options.persistTo), onLine: (line) => log.push(line) },
  );
  const deadline = Date.now() + (options.timeoutMs ?? 60_000);
  while (!(await answers(`${url}/health`))) {
    if (!child.isRunning() || Date.now() > deadline) {
      await child.stop();
      throw new Problem(
        'The sync worker did not start.',
        `wrangler dev said last:\n    ${log.slice(-8).join('\n    ') || '(nothing)'}`,
        'Read its words above; `npx wrangler dev --config worker/wrangler.jsonc` shows all of them.',
      );
    }
    await pause(100);
  }
  return { url, port, log, stop: child.stop, kill: child.kill };
}

/** No telemetry, no questions, its log beside its data and not in the user's home folder. */
export const workerEnvironment = (folder: string): NodeJS.ProcessEnv => ({
  ...process.env,
  WRANGLER_SEND_METRICS: 'false',
  WRANGLER_LOG_PATH: folder,
  WRANGLER_HIDE_BANNER: 'true',
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
  CI: 'true',
  NO_COLOR: '1',
});

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2000) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}
