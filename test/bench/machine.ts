import { spawnSync } from 'node:child_process';
import { cpus, loadavg, totalmem, version, type } from 'node:os';
import { requireBrowser } from '../support/browser.ts';
import { root } from '../support/paths.ts';

/** Where and with what the figures were taken: without it they say nothing. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly system: string;
  /** Work of others in the last minute, in cores: above a few tenths the figures are pessimistic. */
  readonly loadAtStart: number;
  readonly node: string;
  readonly browser: string;
  readonly commit: string;
  readonly hasUncommittedChanges: boolean;
}

export async function describeMachine(): Promise<Machine> {
  const [first] = cpus();
  return {
    cpu: first?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 1024 ** 3),
    system: `${type()} ${version()}`,
    loadAtStart: loadavg()[0] ?? 0,
    node: process.version,
    browser: (await requireBrowser('chromium')).version,
    commit: git('rev-parse', '--short', 'HEAD') ?? 'unknown',
    hasUncommittedChanges: git('status', '--porcelain') !== '',
  };
}

function git(...args: readonly string[]): string | null {
  const { status, stdout } = spawnSync('git', args, { cwd: root, encoding: 'utf8' });
  return status === 0 ? stdout.trim() : null;
}
