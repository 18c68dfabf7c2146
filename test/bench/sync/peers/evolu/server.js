import { installPolyfills } from '@evolu/common/polyfills';
import { timingSafeEqual } from 'node:crypto';
import { createConsole, createRun, createSqlite, Name } from '@evolu/common';
import {
  applyProtocolMessageAsRelay,
  createBaseSqliteStorageTables,
  createRelaySqliteStorage,
  createRelayStorageTables,
  defaultProtocolMessageMaxSize,
} from '@evolu/common/local-first';
import { WebSocketServer } from 'ws';
import { createSqliteDriver } from './sqlite-driver.js';

installPolyfills();

/**
 * Evolu's relay: its protocol on its storage, passed on between sockets as the relay for Node does
 * it. There is one owner here, so everyone who subscribes hears of everything.
 */
const [folder] = process.argv.slice(2);
process.chdir(folder);
const run = createRun({
  console: createConsole({ level: 'error' }),
  createSqliteDriver,
  timingSafeEqual,
});
const sqlite = await run.orThrow(createSqlite(Name.orThrow('relay')));
const deps = { ...run.deps, sqlite };
createBaseSqliteStorageTables(deps);
createRelayStorageTables(deps);
const storage = createRelaySqliteStorage(deps)({ isOwnerWithinQuota: () => true });
const relayRun = run.create({ ...run.deps, storage });

const server = new WebSocketServer({
  host: '127.0.0.1',
  port: 0,
  maxPayload: defaultProtocolMessageMaxSize,
});
const subscribers = new Set();
server.on('connection', (socket) => {
  const options = {
    subscribe: () => subscribers.add(socket),
    unsubscribe: () => subscribers.delete(socket),
    broadcast(_ownerId, message) {
      for (const other of subscribers) {
        if (other !== socket && other.readyState === other.OPEN) other.send(message);
      }
    },
  };
  socket.on('message', (message) => {
    void relayRun(applyProtocolMessageAsRelay(new Uint8Array(message), options)).then(
      (response) => {
        if (!response.ok) throw new Error(response.error.type);
        socket.send(response.value.message);
      },
    );
  });
  socket.on('close', () => subscribers.delete(socket));
});
server.on('listening', () => console.log(`listening on ${server.address().port}`));
