import type { Plan, Step } from './plan.ts';

/**
 * Leaves out what a failing history does not need (delta debugging, Zeller 1999): first halves, then
 * ever smaller parts. Each purpose draws from a stream of its own, so the rest stays much as it was.
 */
export async function shrink(
  plan: Plan,
  isFailing: (smaller: Plan) => Promise<boolean>,
): Promise<Plan> {
  let { steps } = plan;
  for (
    let size = Math.ceil(steps.length / 2);
    size >= 1;
    size = size === 1 ? 0 : Math.ceil(size / 2)
  ) {
    for (let start = 0; start < steps.length;) {
      const fewer = without(steps, start, size);
      if (await isFailing({ ...plan, steps: fewer })) steps = fewer;
      else start += size;
    }
  }
  return { ...plan, steps };
}

/** Its time passes all the same: the next step waits that much longer. */
function without(steps: readonly Step[], start: number, count: number): readonly Step[] {
  const waitMs = steps.slice(start, start + count).reduce((sum, step) => sum + step.waitMs, 0);
  const [next, ...rest] = steps.slice(start + count);
  return [
    ...steps.slice(0, start),
    ...(next ? [{ ...next, waitMs: next.waitMs + waitMs }, ...rest] : []),
  ];
}
