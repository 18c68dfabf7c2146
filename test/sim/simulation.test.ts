import { expect, test } from 'vitest';
import { runAll, seedsFrom } from './world/pool.ts';
import { mutants, notComparing, smallBatches, smallPages } from './world/mutants.ts';

/** `npm run sim -- --seeds 5000` runs more. */
const SEEDS = 1000;
/** Seeds within which each planted bug has to be found, and that hold without one, comparing or not. */
const MUTANT_SEEDS_FROM = 61;
const SEEDS_PER_MUTANT = 60;
const SEEDS_IN_SMALL_PARTS = 100;

test('whatever happens to devices, network, clocks and worker, all end equal and no edit is lost', async () => {
  expect(await runAll(seedsFrom(1, SEEDS))).toEqual([]);
});

test('seed 168: edits sent while the clock was months ahead are put right, and reach everybody', async () => {
  expect(await runAll([{ seed: 168 }])).toEqual([]);
});

test('seed 5019: after the storage went back, what one device has more of an old row reaches everybody', async () => {
  expect(await runAll([{ seed: 5019 }], { processes: 1 })).toEqual([]);
});

test('seed 444: stamps that are put right again, after the device was put back, are the same edits', async () => {
  expect(await runAll([{ seed: 444 }], { processes: 1 })).toEqual([]);
});

test('seed 590: a clock that is set back while a request is under way is not taken for the worker’s', async () => {
  expect(await runAll([{ seed: 590 }], { processes: 1 })).toEqual([]);
});

test('seeds 1904 and 1934: stamps are put right also where a newer version has made the row unreadable', async () => {
  expect(await runAll([{ seed: 1904 }, { seed: 1934 }], { processes: 1 })).toEqual([]);
});

test('seed 1777: what was written over before stamps were put right stays written over', async () => {
  expect(await runAll([{ seed: 1777 }], { processes: 1 })).toEqual([]);
});

test('seed 3099: stamps go back by what the clock was off when they were made, not by more', async () => {
  expect(await runAll([{ seed: 3099 }], { processes: 1 })).toEqual([]);
});

test('seed 3433: a device with members that nobody else remembers joins anew, and brings its data along', async () => {
  expect(await runAll([{ seed: 3433 }], { processes: 1 })).toEqual([]);
});

test('seed 6850: it can leave a list of members in which nobody else could decide', async () => {
  expect(await runAll([{ seed: 6850 }], { processes: 1 })).toEqual([]);
});

test('seed 5673: a device that was put back sends an edit under its first stamp, once that is past', async () => {
  expect(await runAll([{ seed: 5673 }], { processes: 1 })).toEqual([]);
});

test('seeds 6158, 6294, 6400, 6904: what only a device and the storage had is gone when both went back', async () => {
  const seeds = [6158, 6294, 6400, 6904].map((seed) => ({ seed }));
  expect(await runAll(seeds, { processes: 1 })).toEqual([]);
});

test('seed 4033: a stamp that is put right is not one that was sent and never heard of again', async () => {
  expect(await runAll([{ seed: 4033 }], { processes: 1 })).toEqual([]);
});

test('nothing needs the healing that comparing both sides does', async () => {
  const seeds = seedsFrom(MUTANT_SEEDS_FROM, SEEDS_PER_MUTANT);
  expect(await runAll(seeds, { mutant: notComparing.name })).toEqual([]);
});

test('one batch behind another, each sealed while the one before is under way, loses nothing', async () => {
  const seeds = seedsFrom(1, SEEDS_IN_SMALL_PARTS);
  expect(await runAll(seeds, { mutant: smallBatches.name })).toEqual([]);
});

test('one page behind another, put away and sorted in together, loses nothing', async () => {
  const seeds = seedsFrom(1, SEEDS_IN_SMALL_PARTS);
  expect(await runAll(seeds, { mutant: smallPages.name })).toEqual([]);
});

test.concurrent.each(mutants)('the simulation finds it when $name', async ({ name }) => {
  const seeds = seedsFrom(MUTANT_SEEDS_FROM, SEEDS_PER_MUTANT);
  const failed = await runAll(seeds, { mutant: name, isFirstEnough: true, processes: 1 });
  expect(failed.length).toBeGreaterThan(0);
});
