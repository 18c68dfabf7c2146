import { expect, test } from 'vitest';
import { runSeeds, seedsFrom } from './world/pool.ts';
import { mutants } from './world/mutants.ts';

/** As many as fit the time of `npm test`; `npm run sim -- --seeds 5000` runs more. */
const SEEDS = 100;
/** Seeds within which each planted bug has to be found. */
const SEEDS_PER_MUTANT = 30;

test('whatever happens to devices, network, clocks and worker, all end equal and no edit is lost', async () => {
  expect(await runSeeds(seedsFrom(1, SEEDS))).toEqual([]);
});

test('seed 168: edits sent while the clock was months ahead are put right, and reach everybody', async () => {
  expect(await runSeeds([168])).toEqual([]);
});

test.each(mutants.map(({ name }) => name))('the simulation finds it when %s', async (mutant) => {
  const failed = await runSeeds(seedsFrom(1, SEEDS_PER_MUTANT), { mutant, isFirstEnough: true });
  expect(failed.length).toBeGreaterThan(0);
});
