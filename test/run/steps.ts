import type { BrowserKind } from '../support/browser.ts';
import { bin, inRoot, node } from '../support/paths.ts';
import { failedOnce, passedOnce, type Outcome, type Run, type Step } from './outcome.ts';
import { runVitest } from './vitest.ts';
import { lintFirefoxBuild } from './web-ext-lint.ts';

const linted = ['extension', 'shared', 'worker', 'test', 'wxt.config.ts'];

/** One command; its exit code decides. */
const command =
  (program: string, args: readonly string[], env?: Readonly<Record<string, string>>) =>
  async (run: Run): Promise<Outcome> => {
    const { code } = await run(program, args, env);
    return code === 0 ? passedOnce() : failedOnce(`exit code ${code}`);
  };

const vitest =
  (...args: readonly string[]) =>
  (run: Run): Promise<Outcome> =>
    runVitest(run, args);

const prepared = 'wxt prepare';

/** The types of the extension's environment; most checks read the tsconfig written with them. */
const prepare: Step = { name: prepared, work: command(bin('wxt'), ['prepare']) };

const statics: readonly Step[] = [
  { name: 'format', work: command(bin('oxfmt'), ['--check', '.']) },
  {
    name: 'lint',
    needs: [prepared],
    work: command(bin('oxlint'), ['--type-aware', '--deny-warnings', ...linted]),
  },
  { name: 'types', needs: [prepared], work: command(bin('tsc'), ['--project', inRoot('.')]) },
  { name: 'types of the worker', work: command(bin('tsc'), ['--project', inRoot('worker')]) },
];

/** A file at a time, since they hand on the browser. */
const endToEnd = (browser: BrowserKind): Step => ({
  name: `end to end, ${browser}`,
  needs: ['build for Firefox'],
  work: vitest('--config', 'test/e2e/vitest.config.ts', '--project', browser),
});

/** `npm run check:fast`. The tests take longer than all the rest, so in the end they have both cores. */
export const fastSteps: readonly Step[] = [
  prepare,
  { name: 'unit', needs: [prepared], work: vitest('--project', 'unit', '--maxWorkers=2') },
  ...statics,
];

/** `npm test`. The builds run one after the other, because each writes into `.wxt`. */
export const allSteps: readonly Step[] = [
  prepare,
  // A quarter of all the work; browsers wait for much, and leave about as much of both cores meanwhile.
  {
    name: 'simulation',
    needs: [prepared],
    fillsGaps: true,
    work: vitest('--config', 'test/sim/vitest.config.ts'),
  },
  { name: 'build for Chrome', needs: [prepared], work: command(bin('wxt'), ['build']) },
  {
    name: 'build for Firefox',
    needs: ['build for Chrome'],
    work: command(bin('wxt'), ['build', '--browser', 'firefox']),
  },
  // By far the longest, and one test after the other: all that follows runs beside it.
  endToEnd('firefox'),
  ...statics,
  {
    name: 'build of the demo',
    needs: ['build for Firefox'],
    work: command(bin('wxt'), ['build'], { MAINSTAY_DEMO: '1' }),
  },
  {
    name: 'bundle of the worker',
    work: command(
      node,
      [
        inRoot('node_modules/wrangler/bin/wrangler.js'),
        'deploy',
        '--dry-run',
        `--config=${inRoot('worker/wrangler.jsonc')}`,
        `--outdir=${inRoot('.output/worker')}`,
      ],
      { WRANGLER_SEND_METRICS: 'false', WRANGLER_LOG_PATH: inRoot('.output') },
    ),
  },
  { name: 'unused code', needs: [prepared], work: command(bin('knip'), []) },
  {
    name: 'repository',
    needs: ['build of the demo', 'bundle of the worker'],
    work: vitest('--config', 'test/repo/vitest.config.ts'),
  },
  { name: 'unit and worker', needs: [prepared], work: vitest() },
  // Two pages at a time, since many a test waits for what must not happen.
  {
    name: 'browser',
    needs: [prepared],
    work: vitest('--config', 'test/browser/vitest.config.ts', '--maxWorkers=2'),
  },
  endToEnd('chromium'),
  { name: 'web-ext lint', needs: ['build for Firefox'], work: lintFirefoxBuild },
];
