import { createChildren } from '../support/children.ts';
import { root } from '../support/paths.ts';
import { runMain } from '../support/problem.ts';
import type { Finished, Run, Step } from './outcome.ts';
import { printSummary } from './print-summary.ts';
import { runSteps } from './schedule.ts';
import { allSteps, fastSteps } from './steps.ts';

/** A step that hangs must not hang the whole run; the longest takes 7 minutes here, and 20 on a slow day. */
const longestStepMs = 60 * 60_000;

/** How much of a failed step's output is shown again at the end. */
const tailLines = 60;

const children = createChildren();

await runMain(async () => {
  const steps = process.argv.includes('--fast') ? fastSteps : allSteps;
  const started = performance.now();
  const finished = await runSteps(chosen(steps), 2, runStep);
  return printSummary(finished, (performance.now() - started) / 1000);
});

/** `npm test -- --only "end to end, firefox"`: that step and what it needs. */
function chosen(steps: readonly Step[]): readonly Step[] {
  const at = process.argv.indexOf('--only');
  const name = at > 0 ? process.argv[at + 1] : undefined;
  if (name === undefined) return steps;
  const wanted = new Set<string>([name]);
  for (const step of steps.toReversed()) {
    if (wanted.has(step.name)) for (const need of step.needs ?? []) wanted.add(need);
  }
  return steps.filter((step) => wanted.has(step.name));
}

async function runStep(step: Step): Promise<Finished> {
  const started = performance.now();
  const lines: string[] = [];
  const show = (line: string): void => {
    lines.push(line);
    console.log(`${step.name.padEnd(20)} │ ${line}`);
  };
  const run: Run = async (command, args, env = {}) => {
    const output: string[] = [];
    const child = children.start(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      onLine: (line) => {
        output.push(line);
        show(line);
      },
    });
    const timer = setTimeout(() => {
      show(`stopped: it ran for more than ${longestStepMs / 60_000} minutes`);
      void child.stop();
    }, longestStepMs);
    const code = await child.exited;
    clearTimeout(timer);
    return { code, output };
  };
  show('started');
  const outcome = await step.work(run).catch((error: unknown) => {
    show(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return { passed: 0, failed: 1, note: 'the step itself broke' };
  });
  const seconds = (performance.now() - started) / 1000;
  show(outcome.failed === 0 ? `ok (${seconds.toFixed(1)} s)` : `FAILED (${seconds.toFixed(1)} s)`);
  return { name: step.name, seconds, ...outcome, tail: lines.slice(-tailLines) };
}
