import type { Finished, Step } from './outcome.ts';

/**
 * Runs the steps in their order, as many at a time as there are slots, each as soon as what it needs
 * has succeeded. A step that fills gaps takes no slot. One whose need failed is not run and counts as
 * failed.
 */
export async function runSteps(
  steps: readonly Step[],
  slots: number,
  runStep: (step: Step) => Promise<Finished>,
): Promise<readonly Finished[]> {
  const done = new Map<string, Finished>();
  const waiting = [...steps];
  const running = new Map<string, Promise<void>>();
  let free = slots;

  const isReady = (step: Step): boolean => (step.needs ?? []).every((name) => done.has(name));
  const brokenNeed = (step: Step): string | undefined =>
    step.needs?.find((name) => (done.get(name)?.failed ?? 0) > 0);

  while (waiting.length > 0 || running.size > 0) {
    const next = waiting.findIndex((each) => (free > 0 || each.fillsGaps) && isReady(each));
    const step = waiting[next];
    if (step) {
      waiting.splice(next, 1);
      const broken = brokenNeed(step);
      if (broken !== undefined) {
        done.set(step.name, notRun(step, `not run: ${broken} failed`));
        continue;
      }
      const taken = step.fillsGaps ? 0 : 1;
      free -= taken;
      running.set(
        step.name,
        runStep(step).then((finished) => {
          done.set(step.name, finished);
          running.delete(step.name);
          free += taken;
        }),
      );
      continue;
    }
    if (running.size === 0) {
      for (const stuck of waiting.splice(0)) {
        done.set(stuck.name, notRun(stuck, 'not run: needs a step that is not there'));
      }
      break;
    }
    await Promise.race(running.values());
  }
  return steps.flatMap((step) => done.get(step.name) ?? []);
}

const notRun = (step: Step, note: string): Finished => ({
  name: step.name,
  seconds: 0,
  passed: 0,
  failed: 1,
  note,
  tail: [],
});
