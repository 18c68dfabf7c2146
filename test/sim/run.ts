import { parseArgs } from 'node:util';
import { mutants } from './world/mutants.ts';
import { planFor } from './world/plan.ts';
import { runAll, seedsFrom } from './world/pool.ts';
import { shrink } from './world/shrink.ts';
import { simulate } from './world/simulate.ts';

const { values } = parseArgs({
  options: {
    /** How many, from `from` on. */
    seeds: { type: 'string', default: '1000' },
    from: { type: 'string', default: '1' },
    /** Replays one and tells what happened. */
    seed: { type: 'string' },
    /** With `seed`: leaves out what the failure does not need, and prints what is left as a plan. */
    shrink: { type: 'boolean', default: false },
    /** Runs with a planted bug until it is found. */
    mutant: { type: 'string' },
  },
});
const PROGRESS_EVERY = 100;

async function replay(seed: number): Promise<boolean> {
  const isFailing = async (plan: ReturnType<typeof planFor>): Promise<boolean> =>
    (await simulate(seed, { plan })).failures.length > 0;
  const plan = values.shrink ? await shrink(planFor(seed), isFailing) : planFor(seed);
  const { failures, trace } = await simulate(seed, { plan, isTraced: true });
  console.log(trace.join('\n'));
  if (values.shrink) console.log(JSON.stringify(plan));
  console.log(failures.length === 0 ? 'All held.' : failures.join('\n'));
  return failures.length === 0;
}

async function runMany(): Promise<boolean> {
  const count = Number(values.seeds);
  const mutant = mutants.find(({ name }) => name === values.mutant)?.name;
  const startedAt = performance.now();
  let done = 0;
  const failed = await runAll(seedsFrom(Number(values.from), count), {
    ...(mutant !== undefined && { mutant, isFirstEnough: true }),
    onVerdict({ seed, failures }) {
      done += 1;
      for (const failure of failures) console.log(`seed ${String(seed)}: ${failure}`);
      if (done % PROGRESS_EVERY === 0) console.log(`${String(done)} of ${String(count)}`);
    },
  });
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
  console.log(`${String(done)} seeds in ${seconds} s, ${String(failed.length)} failed`);
  return failed.length === 0;
}

const isGood = await (values.seed === undefined ? runMany() : replay(Number(values.seed)));
process.exitCode = isGood ? 0 : 1;
