import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tick, toStamp, type Stamp } from '../../../shared/clock.ts';
import { editRow, emptyState, mergeRows } from '../../../shared/merge.ts';
import {
  flattenFields,
  isPackedRow,
  isSafePath,
  latestClock,
  packRow,
  unpackRow,
} from '../../../shared/row.ts';
import { SEED, deviceId, historyArbitrary, newDevices, take } from './support/histories.ts';

const stampAt = (ms: number, device = 0): Stamp => toStamp(tick(null, ms), deviceId(device));
const good = {
  fields: { name: 'Levi', emails: { 'noa@levi.example': true } },
  meta: {
    base: stampAt(1),
    clocks: { name: stampAt(2) },
    losers: [{ path: 'name', value: 'Lewi', stamp: stampAt(1, 1) }],
    seen: { [deviceId(2)]: tick(null, 3) },
  },
};

describe('a packed row', () => {
  it('unpacks to what was packed, and survives JSON, for every state of a history', () => {
    fc.assert(
      fc.property(historyArbitrary(3, 20), (steps) => {
        const devices = newDevices(3);
        for (const step of steps) take(devices, step);
        for (const { state } of devices) {
          if (Object.keys(state.registers).length === 0) continue;
          const packed = packRow(state);
          expect(unpackRow(packed)).toEqual(state);
          const received: unknown = JSON.parse(JSON.stringify(packed));
          expect(isPackedRow(received)).toBe(true);
          expect(received).toEqual(packed);
        }
      }),
      { seed: SEED, numRuns: 200 },
    );
  });

  it('is the same text however the row came to be, so that equal rows can be told by it', () => {
    const one = editRow(editRow(emptyState, { name: 'x' }, stampAt(1)), { tier: 'A' }, stampAt(2));
    const other = mergeRows(
      editRow(emptyState, { tier: 'A' }, stampAt(2)),
      editRow(emptyState, { name: 'x' }, stampAt(1)),
    );
    expect(JSON.stringify(packRow(other))).toBe(JSON.stringify(packRow(one)));
  });

  it('has the same text after a journey that sorted the names inside its losers', () => {
    const state = unpackRow(good);
    const sorted = good.meta.losers.map(({ path, stamp, value }) => ({ path, stamp, value }));
    const travelled = unpackRow({ ...good, meta: { ...good.meta, losers: sorted } });
    expect(JSON.stringify(packRow(mergeRows(travelled, state)))).toBe(
      JSON.stringify(packRow(mergeRows(state, travelled))),
    );
  });

  it('keeps fields that this version does not know, sets and lists among them', () => {
    const fields = {
      name: 'Levi',
      mood: null,
      scores: [1, [2, 'x']],
      labels: { vip: true, old: 3 },
    };
    const packed = packRow(editRow(emptyState, flattenFields(fields), stampAt(1)));
    expect(packed.fields).toEqual(fields);
    expect(packRow(unpackRow(packed))).toEqual(packed);
  });

  it('names only the clocks that differ from the lowest', () => {
    const row = editRow(editRow(emptyState, { a: 1, b: 2 }, stampAt(1)), { b: 3 }, stampAt(9));
    expect(packRow(row).meta).toEqual({ base: stampAt(1), clocks: { b: stampAt(9) } });
  });

  it('is canonical even where one version wrote a value and another a set', () => {
    const value = editRow(emptyState, { interests: 'golf' }, stampAt(1));
    const set = editRow(emptyState, { 'interests/golf': true }, stampAt(2, 1));
    const packed = packRow(mergeRows(value, set));
    expect(packed.fields).toEqual({ interests: { golf: true } });
    expect(packRow(unpackRow(packed))).toEqual(packed);
    expect(packRow(mergeRows(unpackRow(packed), value))).toEqual(packed);
  });

  it('is never made of a row without registers', () => {
    expect(() => packRow(emptyState)).toThrow('without registers');
  });
});

describe('the latest clock value of a packed row', () => {
  it('is found in what is current, in what lost and in what was merely seen', () => {
    const [base, later] = [stampAt(5), stampAt(8, 1)];
    expect(latestClock({ base })).toBe(tick(null, 5));
    expect(latestClock({ base, clocks: { name: later } })).toBe(tick(null, 8));
    expect(latestClock({ base, losers: [{ path: 'a', value: 1, stamp: later }] })).toBe(
      tick(null, 8),
    );
    expect(latestClock({ base, seen: { [deviceId(3)]: tick(null, 9) } })).toBe(tick(null, 9));
    expect(latestClock(good.meta)).toBe(tick(null, 3));
  });
});

describe('a row from outside', () => {
  it('is taken when it is well formed', () => {
    expect(isPackedRow(good)).toBe(true);
    expect(isPackedRow({ fields: { name: 'x' }, meta: { base: stampAt(1) } })).toBe(true);
  });

  const withFields = (fields: unknown): unknown => ({ ...good, fields });
  const withMeta = (meta: object): unknown => ({ ...good, meta: { ...good.meta, ...meta } });
  const parsed = (text: string): unknown => JSON.parse(text);

  it.each<readonly [string, unknown]>([
    ['nothing', null],
    ['a list', [good]],
    ['no fields', { meta: good.meta }],
    ['fields that are a list', withFields(['x'])],
    ['no field at all', withFields({})],
    ['only an empty set, so no register', withFields({ emails: {} })],
    ['a field with a slash', withFields({ 'emails/noa@levi.example': true })],
    ['a field without a name', withFields({ '': 1 })],
    ['an element without a name', withFields({ emails: { '': true } })],
    ['an object inside a set', withFields({ emails: { x: {} } })],
    ['an object inside a list', withFields({ list: [{}] })],
    ['a number that JSON does not have', withFields({ n: Number.NaN })],
    ['an endless number', withFields({ n: Infinity })],
    ['a field that is undefined', withFields({ n: undefined })],
    ['a field that is a function', withFields({ n: () => 1 })],
    ['no stamp', { ...good, meta: {} }],
    ['a stamp in capitals', withMeta({ base: 'A'.repeat(32) })],
    ['a clock that is no stamp', withMeta({ clocks: { name: 'soon' } })],
    ['clocks that are a list', withMeta({ clocks: [stampAt(1)] })],
    ['losers that are an object', withMeta({ losers: {} })],
    ['a loser without a value', withMeta({ losers: [{ path: 'name', stamp: stampAt(1) }] })],
    ['a loser without a stamp', withMeta({ losers: [{ path: 'name', value: 1 }] })],
    ['a device that is none', withMeta({ seen: { me: tick(null, 1) } })],
    ['a context that is no clock value', withMeta({ seen: { [deviceId(1)]: 'z'.repeat(16) } })],
    ['a context of the wrong length', withMeta({ seen: { [deviceId(1)]: 'f'.repeat(17) } })],
  ])('is refused with %s', (_, row) => {
    expect(isPackedRow(row)).toBe(false);
  });

  it.each(['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf'])(
    'is refused when a field is named %s',
    (name) => {
      const meta = JSON.stringify(good.meta);
      expect(isPackedRow(parsed(`{"fields":{"${name}":1},"meta":${meta}}`))).toBe(false);
      expect(isSafePath(name)).toBe(false);
      const clocks = `{"base":"${stampAt(1)}","clocks":{"${name}":"${stampAt(1)}"}}`;
      expect(isPackedRow(parsed(`{"fields":{"name":1},"meta":${clocks}}`))).toBe(false);
    },
  );

  it.each(['__proto__', 'constructor', 'prototype'])(
    'is refused when an element or a loser is named %s',
    (name) => {
      const meta = JSON.stringify(good.meta);
      expect(isPackedRow(parsed(`{"fields":{"tags":{"${name}":true}},"meta":${meta}}`))).toBe(
        false,
      );
      const loser = { path: `tags/${name}`, value: 1, stamp: stampAt(1) };
      expect(isPackedRow(withMeta({ losers: [loser] }))).toBe(false);
    },
  );

  it('never makes unpacking or merging throw, whatever was let through', () => {
    const key = fc.oneof(
      { weight: 30, arbitrary: fc.constantFrom('name', 'tags', 'x', 'é', '1') },
      { weight: 1, arbitrary: fc.constantFrom('__proto__', 'toString', 'valueOf', 'a/b', '') },
    );
    const json = fc.oneof(
      { weight: 9, arbitrary: fc.integer() },
      { weight: 1, arbitrary: fc.jsonValue() },
    );
    const row = fc.record({
      fields: fc.dictionary(key, fc.oneof(json, fc.dictionary(key, json, { maxKeys: 3 })), {
        maxKeys: 4,
      }),
      meta: fc.record({
        base: fc.constant(stampAt(4)),
        clocks: fc.dictionary(key, fc.constant(stampAt(5))),
      }),
    });
    let taken = 0;
    fc.assert(
      fc.property(row, (value: unknown) => {
        if (!isPackedRow(value)) return;
        taken += 1;
        const state = unpackRow(value);
        const merged = mergeRows(state, mergeRows(unpackRow(good), state));
        expect(isPackedRow(packRow(merged))).toBe(true);
        expect(Object.getPrototypeOf(packRow(merged).fields)).toBe(Object.prototype);
      }),
      { seed: SEED, numRuns: 600 },
    );
    expect(taken).toBeGreaterThan(100);
  });
});
