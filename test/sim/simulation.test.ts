import { beforeAll, describe, expect, test } from 'vitest';
import { runAll, seedsFrom } from './world/pool.ts';
import { mutants, notComparing, smallBatches, smallPages } from './world/mutants.ts';
import type { Verdict } from './world/simulate.ts';

/**
 * 1000 histories in all, the last two hundred of them with batches and pages so small that one follows
 * another all the time. `npm run sim -- --seeds 5000` runs more.
 */
const SEEDS = 800;
const SEEDS_IN_SMALL_PARTS = 100;
/** Seeds within which each planted bug has to be found, and that hold without one, comparing or not. */
const MUTANT_SEEDS_FROM = 61;
const SEEDS_PER_MUTANT = 60;

test('whatever happens to devices, network, clocks and worker, all end equal and no edit is lost', async () => {
  expect(await runAll(seedsFrom(1, SEEDS))).toEqual([]);
});

test('one batch behind another, each sealed while the one before is under way, loses nothing', async () => {
  const seeds = seedsFrom(SEEDS + 1, SEEDS_IN_SMALL_PARTS);
  expect(await runAll(seeds, { mutant: smallBatches.name })).toEqual([]);
});

test('one page behind another, put away and sorted in together, loses nothing', async () => {
  const seeds = seedsFrom(SEEDS + SEEDS_IN_SMALL_PARTS + 1, SEEDS_IN_SMALL_PARTS);
  expect(await runAll(seeds, { mutant: smallPages.name })).toEqual([]);
});

test('nothing needs the healing that comparing both sides does', async () => {
  const seeds = seedsFrom(MUTANT_SEEDS_FROM, SEEDS_PER_MUTANT);
  expect(await runAll(seeds, { mutant: notComparing.name })).toEqual([]);
});

/** Each failed once, and what was wrong has been mended. */
const LESSONS: readonly (readonly [lesson: string, ...seeds: readonly number[]])[] = [
  ['edits sent while the clock was months ahead are put right, and reach everybody', 168],
  ['after the storage went back, what one device has more of an old row reaches everybody', 5019],
  ['stamps that are put right again, after the device was put back, are the same edits', 444],
  ['a clock that is set back while a request is under way is not taken for the worker’s', 590],
  ['stamps are put right also where a newer version has made the row unreadable', 1904, 1934],
  ['what was written over before stamps were put right stays written over', 1777],
  ['stamps go back by what the clock was off when they were made, not by more', 3099],
  ['a device with members that nobody else remembers joins anew, and brings its data along', 3433],
  ['it can leave a list of members in which nobody else could decide', 6850],
  ['a device that was put back sends an edit under its first stamp, once that is past', 5673],
  ['what only a device and the storage had is gone when both went back', 6158, 6294, 6400, 6904],
  ['a stamp that is put right is not one that was sent and never heard of again', 4033],
];

describe('what thousands of seeds have taught', () => {
  let failed: readonly Verdict[] = [];
  beforeAll(async () => {
    const seeds = LESSONS.flatMap(([, ...each]) => each.map((seed) => ({ seed })));
    failed = await runAll(seeds);
  }, 600_000);

  test.each(LESSONS)('%s', (_lesson, ...seeds) => {
    expect(failed.filter(({ seed }) => seeds.includes(seed))).toEqual([]);
  });
});

test.concurrent.each(mutants)('the simulation finds it when $name', async ({ name }) => {
  const seeds = seedsFrom(MUTANT_SEEDS_FROM, SEEDS_PER_MUTANT);
  const failed = await runAll(seeds, { mutant: name, isFirstEnough: true, processes: 1 });
  expect(failed.length).toBeGreaterThan(0);
});
