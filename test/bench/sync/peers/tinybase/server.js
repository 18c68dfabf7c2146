import { createServer } from 'node:http';
import { join } from 'node:path';
import { createMergeableStore } from 'tinybase';
import { createFilePersister } from 'tinybase/persisters/persister-file';
import { createWsServer } from 'tinybase/synchronizers/synchronizer-ws-server';
import { WebSocketServer } from 'ws';
import { toColumns } from '../../records/columns.ts';
import { bookOf } from '../../records/records.ts';
import { applyEdits } from './edits.js';

/**
 * TinyBase's own server, which keeps each path in a file that it writes as a whole. The book is put
 * into that file before anyone connects; a second port answers questions of the benchmark.
 */
const REQUEST_TIMEOUT_S = 20;
const [folder] = process.argv.slice(2);
const file = join(folder, 'book.json');
const sockets = new WebSocketServer({ host: '127.0.0.1', port: 0 });
const served = Promise.withResolvers();
let keeper = null;

createWsServer(
  sockets,
  () => {
    const persister = createFilePersister(createMergeableStore('server'), file);
    return [persister, (store) => served.resolve({ store, persister })];
  },
  undefined,
  REQUEST_TIMEOUT_S,
);

async function seed({ rows }) {
  const store = createMergeableStore('source');
  store.transaction(() => {
    for (const { table, row } of bookOf(rows).records())
      store.setRow(table, row.id, toColumns(row));
  });
  await createFilePersister(store, file).save();
  await keepOpen();
}

/**
 * The server reads its file when the first socket of a path opens, asks that socket's client what it
 * has, waits for an answer which it only reads when it has waited long enough, and forgets the path
 * with the last socket. A socket that stays pays for that once, before anything is measured.
 */
async function keepOpen() {
  keeper = new WebSocket(`ws://127.0.0.1:${sockets.address().port}/book`);
  keeper.addEventListener('error', () => served.reject(new Error('the server takes no socket')));
  await served.promise;
}

async function has({ table, id, field, value }) {
  const { store, persister } = await served.promise;
  if (store.getCell(table, id, field) !== value) return { isSaved: false };
  await persister.save();
  return { isSaved: true };
}

/** As another device's: from the server itself, which passes it on and saves it. */
async function change(edits) {
  const { store, persister } = await served.promise;
  applyEdits(store, edits);
  await persister.save();
}

const answers = { '/seed': seed, '/has': has, '/change': change };

const control = createServer((request, response) => {
  void (async () => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const answer = await answers[request.url](JSON.parse(body));
    response.end(JSON.stringify(answer ?? {}));
  })().catch((error) => response.writeHead(500).end(String(error)));
});
control.requestTimeout = 0;
control.listen(0, '127.0.0.1', () => {
  console.log(`control on ${control.address().port}`);
  console.log(`listening on ${sockets.address().port}`);
});
