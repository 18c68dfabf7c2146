import { beforeAll, describe, expect, it } from 'vitest';
import { ANSWERS, guards } from './world/guards.ts';
import { lies } from './world/lies.ts';
import { runAll } from './world/pool.ts';
import type { Verdict } from './world/simulate.ts';
import type { Task } from './world/process.ts';

/** Each lie by itself, so that it is known which one was believed; then all of them together. */
const SEEDS_PER_LIE = 4;
const SEEDS_WITH_ALL = 24;
const names = lies.map(({ name }) => name);

function* tasks(of: readonly (readonly string[])[], seeds: number): Generator<Task> {
  for (const told of of) {
    for (let seed = 1; seed <= seeds; seed += 1) yield { seed, lies: told };
  }
}

async function verdictsOn(all: Iterable<Task>, mutant?: string): Promise<readonly Verdict[]> {
  const verdicts: Verdict[] = [];
  const onVerdict = (verdict: Verdict): void => void verdicts.push(verdict);
  await runAll(all, { onVerdict, ...(mutant !== undefined && { mutant, processes: 1 }) });
  return verdicts;
}

const saidBy = (verdicts: readonly Verdict[]) => new Set(verdicts.flatMap(({ said }) => said));
const failuresOf = (verdicts: readonly Verdict[]) =>
  verdicts.filter(({ failures }) => failures.length > 0);

describe('a worker in the wrong hands loses nothing, adds nothing and stops nobody for good', () => {
  let alone: readonly Verdict[] = [];
  beforeAll(async () => {
    const each = names.map((name) => [name]);
    alone = await verdictsOn(tasks(each, SEEDS_PER_LIE));
  }, 600_000);

  it.each(names)('when %s', (name) => {
    const verdicts = alone.filter(({ lies: [told] }) => told === name);
    expect(failuresOf(verdicts)).toEqual([]);
    expect(verdicts.some(({ lied }) => lied > 0)).toBe(true);
    const answer = ANSWERS[name];
    if (answer) expect(saidBy(verdicts)).toContain(answer);
  });

  it('whatever it says', async () => {
    expect(failuresOf(await verdictsOn(tasks([names], SEEDS_WITH_ALL)))).toEqual([]);
  });
});

describe('the simulation finds a client that has forgotten that', () => {
  it.concurrent.each(guards)('$name', async ({ name, lie }) => {
    const verdicts = await verdictsOn(tasks([[lie]], SEEDS_PER_LIE), name);
    const answer = ANSWERS[lie];
    const isSilent = answer !== undefined && !saidBy(verdicts).has(answer);
    expect(failuresOf(verdicts).length > 0 || isSilent).toBe(true);
  });
});
