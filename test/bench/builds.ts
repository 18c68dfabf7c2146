import { spawnSync } from 'node:child_process';
import { bin, root } from '../support/paths.ts';
import { Problem } from '../support/problem.ts';

/** The demo build, which the figures are taken on, and the product's, whose sizes count. */
export function buildExtension(): void {
  for (const isDemo of [true, false]) {
    const { status, stdout, stderr } = spawnSync(bin('wxt'), ['build'], {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, ...(isDemo && { MAINSTAY_DEMO: '1' }) },
    });
    if (status === 0) continue;
    throw new Problem(
      'The extension could not be built.',
      `${stdout}\n${stderr}`.trim(),
      'Put right what the build says, then run again.',
    );
  }
}
