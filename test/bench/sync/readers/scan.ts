import { openRaw, request } from '../../page/raw-reads.ts';

const PAGE_ROWS = 5000;

/** Every value of an object store, page by page, by nothing but the browser's own IndexedDB. */
export async function* scan(
  database: string,
  store: string,
): AsyncGenerator<Readonly<Record<string, unknown>>> {
  const db = await openRaw(database);
  try {
    let after: IDBKeyRange | undefined;
    for (;;) {
      const source = db.transaction(store).objectStore(store);
      const [values, keys] = await Promise.all([
        request<Record<string, unknown>[]>(source.getAll(after, PAGE_ROWS)),
        request(source.getAllKeys(after, PAGE_ROWS)),
      ]);
      yield* values;
      const last = keys.at(-1);
      if (last === undefined || keys.length < PAGE_ROWS) return;
      after = IDBKeyRange.lowerBound(last, true);
    }
  } finally {
    db.close();
  }
}

/** The names of the databases of this profile that begin so. */
export async function databasesNamed(start: string): Promise<readonly string[]> {
  const all = await indexedDB.databases();
  return all.flatMap(({ name }) => (name?.startsWith(start) ? [name] : []));
}
