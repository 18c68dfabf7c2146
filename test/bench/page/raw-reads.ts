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
