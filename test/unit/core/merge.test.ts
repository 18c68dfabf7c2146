import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tick, toStamp, type Stamp } from '../../../shared/clock.ts';
import {
  MAX_LOSERS,
  editRow,
  emptyState,
  isDeleted,
  latestStamp,
  mergeRows,
  settleLosers,
  type Loser,
  type Register,
  type RowState,
} from '../../../shared/merge.ts';
import { packRow } from '../../../shared/row.ts';
import {
  SEED,
  deviceId,
  dotOf,
  exchangeAll,
  historyArbitrary,
  newDevices,
  take,
  visibleBy,
} from './support/histories.ts';

const stampAt = (ms: number, device: number): Stamp => toStamp(tick(null, ms), deviceId(device));
const textOf = (state: RowState): string =>
  latestStamp(state) === null ? 'empty' : JSON.stringify(packRow(state));

/** All states that a history passed through: old copies meet new ones as well. */
const statesArbitrary = historyArbitrary(4, 30).map((steps) => {
  const devices = newDevices(4);
  const states: RowState[] = [emptyState];
  for (const step of steps) {
    const state = devices[take(devices, step)]?.state;
    if (state) states.push(state);
  }
  return states;
});
const someStates = (count: number): fc.Arbitrary<RowState[]> =>
  statesArbitrary.chain((states) =>
    fc.array(fc.constantFrom(...states), { minLength: count, maxLength: count }),
  );

/** States that no honest history leads to: the same stamp with two values, contexts out of thin air. */
const rawArbitrary: fc.Arbitrary<RowState> = fc
  .record({
    registers: fc.dictionary(
      fc.constantFrom('a', 'b', 'c', 'c/x', 'deleted'),
      fc.record({ value: fc.nat({ max: 2 }), stamp: rawStamp() }),
    ),
    losers: fc.array(
      fc.record({
        path: fc.constantFrom('a', 'b', 'c', 'c/x'),
        value: fc.nat({ max: 2 }),
        stamp: rawStamp(),
      }),
      { maxLength: 6 },
    ),
    seen: fc.dictionary(
      fc.nat({ max: 2 }).map(deviceId),
      fc.nat({ max: 6 }).map((ms) => tick(null, ms)),
    ),
  })
  .map(({ registers, losers, seen }) => ({
    registers: { ...registers } as Record<string, Register>,
    // A loser lost against something.
    losers: losers.filter(({ path, stamp }) => stamp < (registers[path]?.stamp ?? '')),
    seen: { ...seen },
  }))
  .map((state: RowState) => mergeRows(state, emptyState));

function rawStamp(): fc.Arbitrary<Stamp> {
  return fc
    .tuple(fc.nat({ max: 6 }), fc.nat({ max: 2 }))
    .map(([ms, device]) => stampAt(ms, device));
}

describe('merging states of real histories', () => {
  it('is commutative, to the letter of the packed row', () => {
    fc.assert(
      fc.property(someStates(2), ([a = emptyState, b = emptyState]) => {
        expect(mergeRows(a, b)).toEqual(mergeRows(b, a));
        expect(textOf(mergeRows(a, b))).toBe(textOf(mergeRows(b, a)));
      }),
      { seed: SEED, numRuns: 250 },
    );
  });

  it('is associative', () => {
    fc.assert(
      fc.property(someStates(3), ([a = emptyState, b = emptyState, c = emptyState]) => {
        expect(mergeRows(mergeRows(a, b), c)).toEqual(mergeRows(a, mergeRows(b, c)));
      }),
      { seed: SEED, numRuns: 250 },
    );
  });

  it('is idempotent, and changes nothing when what comes is already contained', () => {
    fc.assert(
      fc.property(someStates(2), ([a = emptyState, b = emptyState]) => {
        expect(mergeRows(a, a)).toEqual(a);
        const both = mergeRows(a, b);
        expect(mergeRows(both, a)).toEqual(both);
        expect(mergeRows(b, both)).toEqual(both);
      }),
      { seed: SEED, numRuns: 250 },
    );
  });

  it('shows each accepted edit as current or as a loser, unless someone overwrote it knowingly', () => {
    fc.assert(
      fc.property(historyArbitrary(4, 28), (steps) => {
        const devices = newDevices(4);
        for (const step of steps) {
          const device = devices[take(devices, step)];
          if (!device) continue;
          const { registers, losers } = device.state;
          const shown = [
            ...Object.entries(registers).map(([path, { value, stamp }]) => ({
              path,
              value,
              stamp,
            })),
            ...losers,
          ];
          // More is never dropped than the bound says, and these histories stay below it.
          expect(losers.length).toBeLessThan(MAX_LOSERS);
          const inOrder = (edits: readonly Loser[]): Loser[] =>
            edits.toSorted((a, b) => (dotOf(a) < dotOf(b) ? -1 : 1));
          expect(inOrder(shown)).toEqual(inOrder(visibleBy(device)));
        }
      }),
      { seed: SEED, numRuns: 250 },
    );
  });

  it('leaves all devices equal once everything has been exchanged', () => {
    fc.assert(
      fc.property(historyArbitrary(5, 40), (steps) => {
        const devices = newDevices(5);
        for (const step of steps) take(devices, step);
        exchangeAll(devices);
        for (const { state } of devices) expect(state).toEqual(devices[0]?.state);
      }),
      { seed: SEED, numRuns: 200 },
    );
  });
});

describe('merging states that no honest device writes', () => {
  it('is still commutative and idempotent', () => {
    fc.assert(
      fc.property(rawArbitrary, rawArbitrary, (a, b) => {
        expect(mergeRows(a, b)).toEqual(mergeRows(b, a));
        expect(textOf(mergeRows(a, b))).toBe(textOf(mergeRows(b, a)));
        expect(mergeRows(a, a)).toEqual(a);
      }),
      { seed: SEED, numRuns: 600 },
    );
  });

  it('agrees on every current value in whatever order they meet', () => {
    fc.assert(
      fc.property(rawArbitrary, rawArbitrary, rawArbitrary, (a, b, c) => {
        const one = mergeRows(mergeRows(a, b), c);
        expect(one.registers).toEqual(mergeRows(a, mergeRows(b, c)).registers);
      }),
      { seed: SEED, numRuns: 600 },
    );
  });

  it('settles on one of two values that were written with the same stamp, as register or loser', () => {
    const stamp = stampAt(5, 0);
    const newer = stampAt(9, 1);
    const withValue = (value: string): RowState => editRow(emptyState, { name: value }, stamp);
    const beaten = (value: string): RowState =>
      mergeRows(withValue(value), editRow(emptyState, { name: 'new' }, newer));
    expect(mergeRows(withValue('x'), withValue('y'))).toEqual(
      mergeRows(withValue('y'), withValue('x')),
    );
    expect(mergeRows(beaten('x'), beaten('y'))).toEqual(mergeRows(beaten('y'), beaten('x')));
    expect(mergeRows(beaten('x'), beaten('y')).losers).toEqual([
      { path: 'name', value: 'y', stamp },
    ]);
  });
});

describe('a losing value', () => {
  const base = editRow(emptyState, { name: 'Levi', tier: 'B' }, stampAt(1, 0));
  const mine = editRow(base, { name: 'Levi & Sons' }, stampAt(10, 1));
  const theirs = editRow(base, { name: 'Levi Ltd' }, stampAt(11, 2));
  const merged = mergeRows(mine, theirs);

  it('stays visible when the winner had not seen it', () => {
    expect(merged.registers['name']?.value).toBe('Levi Ltd');
    expect(merged.losers).toEqual([{ path: 'name', value: 'Levi & Sons', stamp: stampAt(10, 1) }]);
  });

  it('is not made of what the winner overwrote knowingly', () => {
    const later = editRow(mine, { name: 'Levi and Daughters' }, stampAt(20, 1));
    expect(mergeRows(mine, later).losers).toEqual([]);
    expect(mergeRows(base, later).losers).toEqual([]);
  });

  it('does not come back from an old copy once it was settled', () => {
    const settled = settleLosers(merged, () => true);
    expect(settled.losers).toEqual([]);
    expect(mergeRows(settled, merged).losers).toEqual([]);
    expect(mergeRows(mine, settled).losers).toEqual([]);
    expect(mergeRows(mine, settled).registers['name']?.value).toBe('Levi Ltd');
  });

  it('is dropped by an edit, oldest first, beyond the bound; merging keeps all', () => {
    fc.assert(
      fc.property(crowdArbitrary, (devices) => {
        exchangeAll(devices);
        for (const { state } of devices) expect(state).toEqual(devices[0]?.state);
        const before = devices[0]?.state ?? emptyState;
        expect(before.registers['name']?.value).toBe(devices.length - 1);
        expect(before.losers).toHaveLength(devices.length - 1);
        take(devices, { do: 'edit', device: 0, patch: { tier: 'A' } });
        const after = devices[0]?.state ?? emptyState;
        expect(after.losers).toEqual(before.losers.slice(0, MAX_LOSERS));
        // Old copies do not bring back what was dropped.
        exchangeAll(devices);
        for (const { state } of devices) expect(state).toEqual(after);
      }),
      { seed: SEED, numRuns: 25 },
    );
  });

  it('makes no difference to the result of merging, however many there are', () => {
    fc.assert(
      fc.property(
        crowdArbitrary,
        fc.array(fc.tuple(fc.nat(), fc.nat(), fc.boolean()), { maxLength: 80 }),
        fc.tuple(fc.nat(), fc.nat(), fc.nat()),
        (devices, steps, indices) => {
          const states: RowState[] = [];
          for (const [from, to, isEdit] of steps) {
            const [a, b] = [from % devices.length, to % devices.length];
            take(
              devices,
              isEdit
                ? { do: 'edit', device: b, patch: { name: from } }
                : { do: 'sync', from: a, to: b },
            );
            states.push(...devices.map(({ state }) => state));
          }
          states.push(...devices.map(({ state }) => state));
          const [a, b, c] = indices.map((index) => states[index % states.length] ?? emptyState);
          if (!a || !b || !c) return;
          expect(mergeRows(mergeRows(a, b), c)).toEqual(mergeRows(a, mergeRows(b, c)));
        },
      ),
      { seed: SEED, numRuns: 150 },
    );
  });
});

/** More devices than a row keeps losers, each with its own value for the same field. */
const crowdArbitrary = fc.integer({ min: MAX_LOSERS + 2, max: 60 }).map((count) => {
  const devices = newDevices(count);
  devices.forEach((_, device) => take(devices, { do: 'edit', device, patch: { name: device } }));
  return devices;
});

describe('a value and a set under one name', () => {
  const value = editRow(emptyState, { phones: '555' }, stampAt(9, 1));
  const set = editRow(emptyState, { 'phones/777': true }, stampAt(5, 2));
  const loser = { path: 'phones', value: '555', stamp: stampAt(9, 1) };

  it('become the set, whichever is later, and the value stays visible as a loser', () => {
    const merged = mergeRows(value, set);
    expect(merged).toEqual(mergeRows(set, value));
    expect(merged.registers).toEqual(set.registers);
    expect(merged.losers).toEqual([loser]);
    expect(mergeRows(merged, value)).toEqual(merged);
    expect(latestStamp(merged)).toBe(stampAt(9, 1));
  });

  it('lose no value that is written where a set already is', () => {
    const edited = editRow(set, { phones: '555' }, stampAt(9, 1));
    expect(edited).toEqual(mergeRows(value, set));
  });

  it('lose the value when someone who sees it writes the set', () => {
    const edited = editRow(value, { 'phones/777': true }, stampAt(12, 2));
    expect(edited.losers).toEqual([]);
    expect(Object.keys(edited.registers)).toEqual(['phones/777']);
    expect(mergeRows(edited, value)).toEqual(edited);
  });

  it('lose none of several values', () => {
    const other = editRow(emptyState, { phones: '556' }, stampAt(7, 3));
    const all = [value, set, other].reduce(mergeRows);
    expect(all.losers.map(({ value }) => value)).toEqual(['555', '556']);
    expect([other, value, set].reduce(mergeRows)).toEqual(all);
    expect(mergeRows(mergeRows(set, other), value)).toEqual(all);
  });
});

describe('deletion', () => {
  const row = editRow(emptyState, { name: 'Levi' }, stampAt(1, 0));
  const gone = editRow(row, { deleted: true }, stampAt(10, 0));

  it('holds while it is the latest edit', () => {
    expect(isDeleted(row)).toBe(false);
    expect(isDeleted(gone)).toBe(true);
    expect(isDeleted(mergeRows(gone, row))).toBe(true);
    expect(isDeleted(editRow(row, { deleted: true, notes: 'moved away' }, stampAt(3, 0)))).toBe(
      true,
    );
  });

  it('is undone by a later edit, here or on another device', () => {
    expect(isDeleted(editRow(gone, { tier: 'A' }, stampAt(11, 0)))).toBe(false);
    const elsewhere = editRow(row, { tier: 'A' }, stampAt(12, 1));
    expect(isDeleted(mergeRows(gone, elsewhere))).toBe(false);
    expect(isDeleted(mergeRows(elsewhere, gone))).toBe(false);
  });

  it('wins over an earlier edit of another device, which the row still holds', () => {
    const merged = mergeRows(gone, editRow(row, { tier: 'A' }, stampAt(9, 1)));
    expect(isDeleted(merged)).toBe(true);
    expect(merged.registers['tier']?.value).toBe('A');
  });

  it('can be taken back and repeated', () => {
    const back = editRow(gone, { deleted: false }, stampAt(11, 0));
    expect(isDeleted(back)).toBe(false);
    expect(isDeleted(editRow(back, { deleted: true }, stampAt(12, 0)))).toBe(true);
  });
});
