import { parseArgs } from 'node:util';
import { runSeeds, seedsFrom } from './world/pool.ts';
import { simulate } from './world/simulate.ts';

const { values } = parseArgs({
  options: {
    /** How many, from `from` on. */
    seeds: { type: 'string', default: '1000' },
    from: { type: 'string', default: '1' },
    /** Replays one and tells what happened. */
    seed: { type: 'string' },
  },
});
const PROGRESS_EVERY = 100;

if (values.seed !== undefined) {
  const { failures, trace } = await simulate(Number(values.seed), { isTraced: true });
  console.log(trace.join('\n'));
  console.log(failures.length === 0 ? 'All held.' : failures.join('\n'));
  process.exitCode = failures.length === 0 ? 0 : 1;
} else {
  const count = Number(values.seeds);
  const startedAt = performance.now();
  let done = 0;
  const failed = await runSeeds(seedsFrom(Number(values.from), count), {
    onVerdict({ seed, failures }) {
      done += 1;
      for (const failure of failures) console.log(`seed ${seed}: ${failure}`);
      if (done % PROGRESS_EVERY === 0) console.log(`${done} of ${count}`);
    },
  });
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
  console.log(`${count} seeds in ${seconds} s, ${failed.length} failed`);
  process.exitCode = failed.length === 0 ? 0 : 1;
}
