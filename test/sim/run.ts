import { parseArgs } from 'node:util';
import { lies } from './world/lies.ts';
import { mutants, notComparing, smallBatches, smallPages } from './world/mutants.ts';
import { planFor, planForLies, type Plan } from './world/plan.ts';
import { runAll, seedsFrom } from './world/pool.ts';
import { shrink } from './world/shrink.ts';
import { simulate } from './world/simulate.ts';
import type { Task } from './world/process.ts';

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
    /** The worker tells these, by their names; `all` of them, or `each` by itself. */
    lie: { type: 'string' },
  },
});
const PROGRESS_EVERY = 100;
const everyLie = lies.map(({ name }) => name);
const told = values.lie === 'all' ? everyLie : everyLie.filter((name) => name === values.lie);

async function replay(seed: number): Promise<boolean> {
  const options = told.length > 0 ? { lies: told } : {};
  const isFailing = async (plan: Plan): Promise<boolean> =>
    (await simulate(seed, { ...options, plan })).failures.length > 0;
  const whole = told.length > 0 ? planForLies(seed) : planFor(seed);
  const plan = values.shrink ? await shrink(whole, isFailing) : whole;
  const { failures, trace } = await simulate(seed, { ...options, plan, isTraced: true });
  console.log(trace.join('\n'));
  if (values.shrink) console.log(JSON.stringify(plan));
  console.log(failures.length === 0 ? 'All held.' : failures.join('\n'));
  return failures.length === 0;
}

function* tasks(count: number): Generator<Task> {
  const sets = values.lie === 'each' ? everyLie.map((name) => [name]) : [told];
  for (const names of sets) {
    for (const task of seedsFrom(Number(values.from), count)) {
      yield names.length > 0 ? { ...task, lies: names } : task;
    }
  }
}

async function runMany(): Promise<boolean> {
  const count = Number(values.seeds);
  const known = [...mutants, notComparing, smallBatches, smallPages];
  const mutant = known.find(({ name }) => name === values.mutant)?.name;
  const startedAt = performance.now();
  let done = 0;
  const failed = await runAll(tasks(count), {
    ...(mutant !== undefined && { mutant, isFirstEnough: true }),
    onVerdict({ seed, lies: [lie = ''], failures }) {
      done += 1;
      for (const failure of failures) console.log(`seed ${String(seed)} ${lie}: ${failure}`);
      if (done % PROGRESS_EVERY === 0) console.log(`${String(done)} done`);
    },
  });
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
  console.log(`${String(done)} seeds in ${seconds} s, ${String(failed.length)} failed`);
  return failed.length === 0;
}

const isGood = await (values.seed === undefined ? runMany() : replay(Number(values.seed)));
process.exitCode = isGood ? 0 : 1;
