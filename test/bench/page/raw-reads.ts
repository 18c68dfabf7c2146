/** IndexedDB as the browser has it, without a library: the floor under the product's reads. */
export const request = <Result>(asked: IDBRequest<Result>): Promise<Result> =>
  new Promise((resolve, reject) => {
    asked.addEventListener('success', () => resolve(asked.result));
    asked.addEventListener('error', () => reject(asked.error ?? new Error('the read failed')));
  });

export const openRaw = (name: string): Promise<IDBDatabase> => request(indexedDB.open(name));

const TABLES = ['settings', 'contacts', 'clients', 'standings', 'interactions'];

/**
 * The rows of one card, in the two steps that nothing can avoid: who is it, then what is known.
 *
 * @returns milliseconds
 */
export async function readCardRows(
  db: IDBDatabase,
  address: string,
  source: string,
): Promise<number> {
  const startedAt = performance.now();
  const transaction = db.transaction(TABLES, 'readonly');
  const store = (name: string): IDBObjectStore => transaction.objectStore(name);
  const domain = address.slice(address.lastIndexOf('@') + 1);
  const [contacts] = await Promise.all([
    request<unknown[]>(store('contacts').index('emailKeys').getAll(address)),
    request(store('settings').get('settings')),
    request(store('clients').index('domainKeys').getAll(domain)),
    request(store('interactions').index('source').getAll(source)),
  ]);
  const clientId: unknown = Object(contacts[0]).clientId;
  if (typeof clientId !== 'string') throw new Error('the address belongs to nobody in the book');
  await Promise.all([
    request(store('clients').get(clientId)),
    request(store('standings').get(clientId)),
    request(store('contacts').index('clientId').getAll(clientId)),
  ]);
  return performance.now() - startedAt;
}

/**
 * The writes of one log with nothing worked out: the rows as they are, put back, in one transaction
 * as durable as the product's.
 *
 * @returns milliseconds until it is committed
 */
export async function writeLogRows(
  db: IDBDatabase,
  clientId: string,
  bucket: number,
  durability: IDBTransactionDurability,
): Promise<number> {
  const startedAt = performance.now();
  const tables = ['interactions', 'standings', 'roster', 'outbox', 'undo', 'kv'];
  const transaction = db.transaction(tables, 'readwrite', { durability });
  const store = (name: string): IDBObjectStore => transaction.objectStore(name);
  const done = new Promise<void>((resolve, reject) => {
    transaction.addEventListener('complete', () => resolve());
    transaction.addEventListener('abort', () => reject(transaction.error ?? new Error('aborted')));
  });
  const [standing, roster, clock] = await Promise.all([
    request<unknown>(store('standings').get(clientId)),
    request<unknown>(store('roster').get(bucket)),
    request<unknown>(store('kv').get('clock')),
  ]);
  const at = Date.now();
  store('interactions').put({ id: 'bench-raw', clientId: 'bench', kind: 'call', at });
  store('outbox').put({ table: 'interactions', id: 'bench-raw', stamp: '0' });
  store('undo').put({ token: 'bench-raw', at: '0', rows: [] });
  store('standings').put(standing);
  store('roster').put(roster);
  store('kv').put(clock);
  await done;
  const ms = performance.now() - startedAt;
  const cleared = db.transaction(tables, 'readwrite');
  cleared.objectStore('interactions').delete('bench-raw');
  cleared.objectStore('outbox').delete(['interactions', 'bench-raw']);
  await request(cleared.objectStore('undo').delete('bench-raw'));
  return ms;
}
