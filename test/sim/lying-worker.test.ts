import { beforeAll, describe, expect, it } from 'vitest';
import { lies } from './world/lies.ts';
import { runAll } from './world/pool.ts';
import type { Verdict } from './world/simulate.ts';
import type { Task } from './world/thread.ts';

/** Each lie by itself, so that it is known which one was believed; then all of them together. */
const SEEDS_PER_LIE = 4;
const SEEDS_WITH_ALL = 24;
const names = lies.map(({ name }) => name);

function* tasks(): Generator<Task> {
  for (const name of names) {
    for (let seed = 1; seed <= SEEDS_PER_LIE; seed += 1) yield { seed, lies: [name] };
  }
  for (let seed = 1; seed <= SEEDS_WITH_ALL; seed += 1) yield { seed, lies: names };
}

describe('a worker in the wrong hands loses nothing, adds nothing and stops nobody for good', () => {
  let failed: readonly Verdict[] = [];
  beforeAll(async () => {
    failed = await runAll(tasks());
  }, 600_000);
  const failuresOf = (told: readonly string[]) =>
    failed.filter(({ lies: those }) => those.length === told.length && those[0] === told[0]);

  it.each(names)('when %s', (name) => {
    expect(failuresOf([name])).toEqual([]);
  });

  it('whatever it says', () => {
    expect(failuresOf(names)).toEqual([]);
  });
});
