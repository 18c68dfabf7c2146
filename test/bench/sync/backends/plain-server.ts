import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { parseArgs } from 'node:util';

/**
 * The server that somebody would write for a Dexie application in an afternoon: rows with a number
 * that grows with each write, by HTTP and JSON, on SQLite with every commit on the disk.
 */
const { values } = parseArgs({ options: { folder: { type: 'string', default: '.' } } });
const db = new DatabaseSync(join(values.folder, 'plain.sqlite'));
db.exec(`
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  CREATE TABLE IF NOT EXISTS rows (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, tbl TEXT NOT NULL, id TEXT NOT NULL,
    doc TEXT NOT NULL, at INTEGER NOT NULL, UNIQUE (tbl, id)
  );
  CREATE INDEX IF NOT EXISTS rows_of ON rows (tbl, seq);
`);
const put = db.prepare('INSERT OR REPLACE INTO rows (tbl, id, doc, at) VALUES (?, ?, ?, ?)');
const one = db.prepare('SELECT doc, at FROM rows WHERE tbl = ? AND id = ?');
const all = db.prepare('SELECT seq, tbl, doc FROM rows WHERE seq > ? ORDER BY seq LIMIT ?');
const some = db.prepare(
  'SELECT seq, tbl, doc FROM rows WHERE tbl = ? AND seq > ? ORDER BY seq LIMIT ?',
);
const last = db.prepare('SELECT coalesce(max(seq), 0) AS head FROM rows');

const listeners = new Set<ServerResponse>();
const head = (): number => Number(last.get()?.['head'] ?? 0);

interface Row {
  readonly id: string;
  readonly [field: string]: unknown;
}
interface Edit {
  readonly table: string;
  readonly id: string;
  readonly field: string;
  readonly value: unknown;
  /** When it was made, by the device's clock: the later edit of a row wins. */
  readonly at: number;
}
/** As RxDB pushes: what the device believed to be here, and what it wants here. */
interface Document {
  readonly assumed: Row | null;
  readonly wanted: Row;
}

function transaction<Result>(work: () => Result): Result {
  const before = head();
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    db.exec('COMMIT');
    const now = head();
    if (now > before) for (const listener of listeners) listener.write(`data: ${now}\n\n`);
    return result;
  } catch (error) {
    db.exec('ROLLBACK');
    throw error;
  }
}

function pull(query: URLSearchParams): object {
  const since = Number(query.get('since') ?? 0);
  const limit = Number(query.get('limit') ?? 1000);
  const table = query.get('table');
  const found = table === null ? all.all(since, limit) : some.all(table, since, limit);
  const rows = found.map(({ seq, tbl, doc }) => ({
    seq: Number(seq),
    table: tbl,
    row: JSON.parse(String(doc)) as Row,
  }));
  return { rows, next: rows.at(-1)?.seq ?? since };
}

function putRows(rows: readonly { readonly table: string; readonly row: Row }[]): object {
  transaction(() => {
    for (const { table, row } of rows) put.run(table, row.id, JSON.stringify(row), 0);
  });
  return { head: head() };
}

function applyEdits(edits: readonly Edit[]): object {
  transaction(() => {
    for (const { table, id, field, value, at } of edits) {
      const stored = one.get(table, id);
      if (!stored || Number(stored['at']) > at) continue;
      const row = JSON.parse(String(stored['doc'])) as Row;
      if (JSON.stringify(row[field]) === JSON.stringify(value)) continue;
      put.run(table, id, JSON.stringify({ ...row, [field]: value }), at);
    }
  });
  return { head: head() };
}

function putDocuments(table: string, documents: readonly Document[]): readonly Row[] {
  return transaction(() => {
    const conflicts: Row[] = [];
    for (const { assumed, wanted } of documents) {
      const stored = one.get(table, wanted.id);
      const text = stored ? canonical(JSON.parse(String(stored['doc']))) : null;
      if (text === canonical(wanted)) continue;
      if (stored && text !== canonical(assumed)) {
        conflicts.push(JSON.parse(String(stored['doc'])) as Row);
      } else put.run(table, wanted.id, JSON.stringify(wanted), Date.now());
    }
    return conflicts;
  });
}

const canonical = (value: unknown): string =>
  JSON.stringify(value, (_name, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
}

async function answer(request: IncomingMessage, url: URL): Promise<unknown> {
  switch (`${request.method} ${url.pathname}`) {
    case 'GET /rows':
      return pull(url.searchParams);
    case 'POST /rows':
      return putRows((await bodyOf(request)) as Parameters<typeof putRows>[0]);
    case 'POST /edits':
      return applyEdits((await bodyOf(request)) as Edit[]);
    case 'POST /documents':
      return putDocuments(
        url.searchParams.get('table') ?? '',
        (await bodyOf(request)) as Document[],
      );
    default:
      throw new Error('no such route');
  }
}

const server = createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  if (url.pathname === '/events') {
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    response.write(`data: ${head()}\n\n`);
    listeners.add(response);
    response.once('close', () => listeners.delete(response));
    return;
  }
  answer(request, url).then(
    (body) => response.setHeader('Content-Type', 'application/json').end(JSON.stringify(body)),
    (error: unknown) => response.writeHead(500).end(String(error)),
  );
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object' && address) console.log(`listening on ${address.port}`);
});
