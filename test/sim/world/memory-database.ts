import { AsyncLocalStorage } from 'node:async_hooks';
import type { MainstayDatabase } from '../../../extension/db/database.ts';

/**
 * As much of Dexie as `extension/db` uses, over Maps: the product's own store and writer run on it
 * at a speed that allows a hundred thousand transactions a minute, and in the same order each time.
 * `database-contract.ts` holds it against the real one in a browser. What it does not know, it does
 * not have: a new method fails loudly.
 */
export interface Disk {
  /** Rows by table and key. Frozen, so a copy of the Maps is a copy of the data. */
  readonly tables: ReadonlyMap<string, Map<string, Row>>;
}

export type Row = Readonly<Record<string, unknown>>;
type Key = string | number | readonly Key[];

/** Around each transaction: may wait, refuse, or end the background before or after it. */
export type Access = <Value>(isWrite: boolean, transaction: () => Promise<Value>) => Promise<Value>;

/** Table → its indexes, the primary key first; as in `database.ts`. */
export type Schema = Readonly<Record<string, string>>;

export const newDisk = (schema: Schema): Disk => ({
  tables: new Map(Object.keys(schema).map((name) => [name, new Map<string, Row>()])),
});

/** Straight onto the disk. */
export const putRow = ({ tables }: Disk, table: string, key: Key, row: Row): void =>
  void tables.get(table)?.set(nameOf(key), row);

export const copyDisk = ({ tables }: Disk): Disk => ({
  tables: new Map([...tables].map(([name, rows]) => [name, new Map(rows)])),
});

export function createMemoryDatabase(
  disk: Disk,
  schema: Schema,
  access: Access = (_, transaction) => transaction(),
): MainstayDatabase {
  const inside = new AsyncLocalStorage<true>();
  const journal: Undo[] = [];
  let last: Promise<unknown> = Promise.resolve();

  /** One after the other; what failed leaves nothing behind. */
  function transact<Value>(isWrite: boolean, work: () => Promise<Value>): Promise<Value> {
    if (inside.getStore()) return work();
    const result = last.then(() =>
      access(isWrite, async () => {
        journal.length = 0;
        try {
          return await inside.run(true, work);
        } catch (error) {
          for (const undo of journal.toReversed()) undo();
          throw error;
        }
      }),
    );
    last = result.catch(() => undefined);
    return result;
  }

  const tables = new Map(
    Object.entries(schema).map(([name, indexes]) => {
      const rows = disk.tables.get(name);
      if (!rows) throw new Error(`the disk has no table ${name}`);
      return [name, createTable(name, indexes, rows, transact, journal)];
    }),
  );
  const table = (name: string): Table => {
    const known = tables.get(name);
    if (!known) throw new Error(`no table ${name}`);
    return known;
  };
  const database = {
    ...Object.fromEntries(tables),
    table,
    tables: [...tables.values()],
    transaction: (mode: string, ...rest: readonly unknown[]) => {
      const work = rest.at(-1) as () => Promise<unknown>;
      return transact(mode.startsWith('rw'), async () => work());
    },
  };
  return database as unknown as MainstayDatabase;
}

type Transact = <Value>(isWrite: boolean, work: () => Promise<Value>) => Promise<Value>;
type Table = ReturnType<typeof createTable>;
type Undo = () => void;

function createTable(
  name: string,
  indexes: string,
  rows: Map<string, Row>,
  transact: Transact,
  journal: Undo[],
) {
  const [first = ''] = indexes.split(',');
  const primary = first.replace(/^(?:&|\+\+)/, '');
  const keyOf = (row: Row): Key => keyAt(row, primary);
  const read = <Value>(work: () => Value): Promise<Value> => transact(false, async () => work());
  const write = <Value>(work: () => Value): Promise<Value> => transact(true, async () => work());
  const get = (key: Key): Row | undefined => {
    const row = rows.get(nameOf(key));
    return row && withOwnBytes(row);
  };
  const set = (key: string, row: Row | undefined): void => {
    const before = rows.get(key);
    journal.push(() => void (before ? rows.set(key, before) : rows.delete(key)));
    if (row) rows.set(key, row);
    else rows.delete(key);
  };
  const nextNumber = (): number =>
    1 + Math.max(0, ...[...rows.values()].map((row) => Number(row[primary])));
  const put = (given: Row): void => {
    const needsKey = first.startsWith('++') && given[primary] === undefined;
    const row = needsKey ? { ...given, [primary]: nextNumber() } : given;
    set(nameOf(keyOf(row)), kept(row));
  };
  const add = (row: Row): void => {
    if (row[primary] !== undefined && rows.has(nameOf(keyOf(row)))) {
      throw new Error('ConstraintError');
    }
    put(row);
  };
  const remove = (keys: readonly Key[]): void => {
    for (const key of keys) set(nameOf(key), undefined);
  };
  const all = (): Found[] =>
    [...rows.values()]
      .map((row) => ({ row: withOwnBytes(row), key: keyOf(row), primary: keyOf(row) }))
      .toSorted((a, b) => compareKeys(a.key, b.key));

  function by(index: string): Found[] {
    if (index === ':id' || index === primary) return all();
    if (!indexes.split(/,\s*/).some((known) => known.replace(/^[*&]/, '') === index)) {
      throw new Error(`${name} has no index ${index}`);
    }
    const isMulti = indexes.split(/,\s*/).includes(`*${index}`);
    return all()
      .flatMap((found) => {
        const key = keyAt(found.row, index);
        const keys = isMulti ? ((key as Key[] | undefined) ?? []) : [key];
        return keys.filter(isKey).map((one) => ({ ...found, key: one }));
      })
      .toSorted((a, b) => compareKeys(a.key, b.key) || compareKeys(a.primary, b.primary));
  }

  function collection(find: () => readonly Found[]) {
    const narrowed = (narrow: (found: readonly Found[]) => readonly Found[]) =>
      collection(() => narrow(find()));
    return {
      clone: () => collection(find),
      reverse: () => narrowed((found) => found.toReversed()),
      offset: (count: number) => narrowed((found) => found.slice(count)),
      limit: (count: number) => narrowed((found) => found.slice(0, count)),
      filter: (isWanted: (row: Row) => boolean) =>
        narrowed((found) => found.filter(({ row }) => isWanted(row))),
      count: () => read(() => find().length),
      first: () => read(() => find()[0]?.row),
      last: () => read(() => find().at(-1)?.row),
      toArray: () => read(() => find().map(({ row }) => row)),
      keys: () => read(() => find().map(({ key }) => key)),
      primaryKeys: () => read(() => find().map(({ primary }) => primary)),
      each: (visit: (row: Row) => void) => read(() => find().forEach(({ row }) => visit(row))),
      delete: () =>
        write(() => {
          const found = find();
          remove(found.map(({ primary }) => primary));
          return found.length;
        }),
    };
  }

  const where = (index: string) => {
    const keyed = (isWanted: (key: Key) => boolean) =>
      collection(() => by(index).filter(({ key }) => isWanted(key)));
    return {
      equals: (wanted: Key) => keyed((key) => compareKeys(key, wanted) === 0),
      anyOf: (wanted: readonly Key[]) =>
        keyed((key) => wanted.some((one) => compareKeys(key, one) === 0)),
      above: (low: Key) => keyed((key) => compareKeys(key, low) > 0),
      aboveOrEqual: (low: Key) => keyed((key) => compareKeys(key, low) >= 0),
      below: (high: Key) => keyed((key) => compareKeys(key, high) < 0),
      belowOrEqual: (high: Key) => keyed((key) => compareKeys(key, high) <= 0),
      between: (low: Key, high: Key, isLowIn = true, isHighIn = false) =>
        keyed((key) => {
          const [fromLow, toHigh] = [compareKeys(key, low), compareKeys(key, high)];
          return (
            (fromLow > 0 || (isLowIn && fromLow === 0)) &&
            (toHigh < 0 || (isHighIn && toHigh === 0))
          );
        }),
      startsWith: (prefix: string) =>
        keyed((key) => typeof key === 'string' && key.startsWith(prefix)),
    };
  };

  return {
    name,
    where,
    orderBy: (index: string) => collection(() => by(index)),
    ...collection(all),
    toCollection: () => collection(all),
    get: (key: Key) => read(() => get(key)),
    bulkGet: (keys: readonly Key[]) => read(() => keys.map(get)),
    put: (row: Row) => write(() => put(row)),
    add: (row: Row) => write(() => add(row)),
    bulkAdd: (many: readonly Row[]) => write(() => many.forEach(add)),
    bulkPut: (many: readonly Row[]) => write(() => many.forEach(put)),
    delete: (key: Key) => write(() => remove([key])),
    bulkDelete: (keys: readonly Key[]) => write(() => remove(keys)),
    clear: () => write(() => remove(all().map(({ primary }) => primary))),
  };
}

const nameOf = (key: Key): string => (typeof key === 'string' ? key : JSON.stringify(key));

interface Found {
  readonly row: Row;
  /** In the index that was asked. */
  readonly key: Key;
  readonly primary: Key;
}

/** `id`, or `[table+id]`. */
function keyAt(row: Row, index: string): Key {
  if (!index.startsWith('[')) return row[index] as Key;
  return index
    .slice(1, -1)
    .split('+')
    .map((name) => row[name] as Key);
}

const isKey = (key: unknown): key is Key =>
  typeof key === 'string' || typeof key === 'number' || (Array.isArray(key) && key.every(isKey));

/** IndexedDB's order: numbers, then text, then lists. */
function compareKeys(a: Key, b: Key): number {
  if (Array.isArray(a) && Array.isArray(b)) {
    for (let index = 0; index < Math.min(a.length, b.length); index += 1) {
      const order = compareKeys(a[index] as Key, b[index] as Key);
      if (order !== 0) return order;
    }
    return a.length - b.length;
  }
  const [rankA, rankB] = [rankOf(a), rankOf(b)];
  if (rankA !== rankB) return rankA - rankB;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** `Dexie.maxKey` is `[[]]`, `Dexie.minKey` −∞. */
const rankOf = (key: Key): number =>
  typeof key === 'number' ? 0 : typeof key === 'string' ? 1 : 2;

/**
 * A stored value is a copy in IndexedDB. Here it is frozen, which is as good for all but bytes:
 * those are copied on the way in and out, since some change them in place.
 */
function kept<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || bare.has(value)) return value;
  if (ArrayBuffer.isView(value))
    return (value as unknown as Uint8Array).slice() as unknown as Value;
  if (!isPlain(value)) return value;
  const copy = copied(value, kept);
  if (Object.values(copy).every(isBare)) bare.add(copy);
  return Object.freeze(copy);
}

function withOwnBytes<Value>(value: Value): Value {
  return isBare(value) ? value : thawed(value);
}

/** Frozen and known to hold no bytes. */
const bare = new WeakSet<object>();

const isBare = (value: unknown): boolean =>
  typeof value !== 'object' ||
  value === null ||
  bare.has(value) ||
  (!ArrayBuffer.isView(value) && !isPlain(value));

function thawed<Value>(value: Value): Value {
  if (isBare(value)) return value;
  if (ArrayBuffer.isView(value))
    return (value as unknown as Uint8Array).slice() as unknown as Value;
  return copied(value as Value & object, thawed);
}

/** Written out: lists of pairs in between would be a seventh of the simulation's time. */
function copied<Value extends object>(value: Value, copyOf: (inner: unknown) => unknown): Value {
  if (Array.isArray(value)) return value.map(copyOf) as unknown as Value;
  const copy: Record<string, unknown> = {};
  for (const name in value) copy[name] = copyOf(value[name]);
  return copy as Value;
}

const isPlain = (value: object): boolean =>
  Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
