import { expect, test } from 'vitest';
import { runAll, seedsFrom } from './world/pool.ts';
import { mutants, notComparing, smallBatches } from './world/mutants.ts';

/** `npm run sim -- --seeds 5000` runs more. */
const SEEDS = 1000;
/** Seeds within which each planted bug has to be found. */
const SEEDS_PER_MUTANT = 30;
const SEEDS_WITH_SMALL_BATCHES = 100;

test('whatever happens to devices, network, clocks and worker, all end equal and no edit is lost', async () => {
  expect(await runAll(seedsFrom(1, SEEDS))).toEqual([]);
});

test('seed 168: edits sent while the clock was months ahead are put right, and reach everybody', async () => {
  expect(await runAll([{ seed: 168 }])).toEqual([]);
});

test('seed 5019: after the storage went back, what one device has more of an old row reaches everybody', async () => {
  expect(await runAll([{ seed: 5019 }], { threads: 1 })).toEqual([]);
});

test('seed 444: stamps that are put right again, after the device was put back, are the same edits', async () => {
  expect(await runAll([{ seed: 444 }], { threads: 1 })).toEqual([]);
});

test('seed 590: a clock that is set back while a request is under way is not taken for the worker’s', async () => {
  expect(await runAll([{ seed: 590 }], { threads: 1 })).toEqual([]);
});

test('nothing needs the healing that comparing both sides does', async () => {
  const seeds = seedsFrom(1, SEEDS_PER_MUTANT);
  expect(await runAll(seeds, { mutant: notComparing.name })).toEqual([]);
});

test('one batch behind another, each sealed while the one before is under way, loses nothing', async () => {
  const seeds = seedsFrom(1, SEEDS_WITH_SMALL_BATCHES);
  expect(await runAll(seeds, { mutant: smallBatches.name })).toEqual([]);
});

test.concurrent.each(mutants)('the simulation finds it when $name', async ({ name }) => {
  const seeds = seedsFrom(1, SEEDS_PER_MUTANT);
  const failed = await runAll(seeds, { mutant: name, isFirstEnough: true, threads: 1 });
  expect(failed.length).toBeGreaterThan(0);
});
