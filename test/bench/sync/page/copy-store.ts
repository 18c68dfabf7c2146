import { openRaw, request } from '../../page/raw-reads.ts';

/** All values of an object store with keys of their own, whatever they mean. */
export async function copyStore(database: string, store: string): Promise<readonly object[]> {
  const db = await openRaw(database);
  const values = await request<object[]>(db.transaction(store).objectStore(store).getAll());
  db.close();
  return values;
}

/** What was copied, over whatever is there now: the store is as it was before it was worked off. */
export async function putBack(
  database: string,
  store: string,
  values: readonly object[],
): Promise<void> {
  const db = await openRaw(database);
  const transaction = db.transaction(store, 'readwrite');
  const target = transaction.objectStore(store);
  for (const value of values) target.put(value);
  await new Promise((resolve, reject) => {
    transaction.addEventListener('complete', resolve);
    transaction.addEventListener('abort', () => reject(transaction.error ?? new Error('aborted')));
  });
  db.close();
}
