import { installPolyfills } from '@evolu/common/polyfills';
import {
  createBroadcastChannel,
  createConsole,
  createConsoleStoreOutput,
  createId,
  createMessageChannel,
  createMessagePort,
  createRandomBytes,
  createRun,
  createWorker,
  Name,
  testCreateLockManager,
} from '@evolu/common';
import {
  createOwnerWebSocketTransport,
  createProtocolMessageFromCrdtMessages,
  startDbWorker,
} from '@evolu/common/local-first';
import { createSqliteDriver } from './sqlite-driver.js';

installPolyfills();

/**
 * Evolu's own database worker (its CRDT, its history, its storage and its protocol, as in a
 * browser's tab) on SQLite, with the socket to the relay that its shared worker would hold. Evolu
 * has no such process for Node, so this passes on what the one says to the other.
 */
export async function createEvoluClient({ name, owner, schema, url, onWritten }) {
  const randomBytes = createRandomBytes();
  const run = createRun({
    console: createConsole({ level: 'error' }),
    consoleStoreOutputEntry: createConsoleStoreOutput().entry,
    createMessagePort,
    createBroadcastChannel,
    lockManager: testCreateLockManager(),
    createSqliteDriver,
  });
  const channel = createMessageChannel();
  const waiting = new Map();
  const started = Promise.withResolvers();
  let clock = null;
  channel.port1.onMessage = (output) => {
    if (output.type === 'LeaderAcquired') {
      clock = output.clock;
      started.resolve();
    } else if (output.type === 'OnQueuedResponse') {
      waiting.get(output.attemptId)(output.response.message);
      waiting.delete(output.attemptId);
    } else started.reject(new Error(output.type));
  };
  const worker = createWorker((self) => void run(startDbWorker(self)));
  const init = {
    type: 'DbWorkerInit',
    name: Name.orThrow(name),
    consoleLevel: 'warn',
    sqliteSchema: schema,
    encryptionKey: owner.encryptionKey,
    memoryOnly: false,
    port: channel.port2.native,
  };
  // A port of Evolu's own, which has no origins.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  worker.postMessage(init);
  await started.promise;

  /** One request at a time: each carries the clock that the one before has left. */
  let queue = Promise.resolve();
  const ask = (request, isWrite) => {
    const result = queue.then(async () => {
      const attemptId = createId({ randomBytes });
      const answer = new Promise((resolve) => waiting.set(attemptId, resolve));
      channel.port1.postMessage({
        type: 'Request',
        attemptId,
        request,
        ...(isWrite && { clock, now: Date.now() }),
      });
      const message = await answer;
      if (message.clock) clock = message.clock;
      return message;
    });
    queue = result.catch(() => undefined);
    return result;
  };

  const instance = createId({ randomBytes });
  let socket = null;
  let ended = null;

  async function apply(inputMessage) {
    const message = { type: 'ApplySyncMessage', owner, inputMessage };
    const { result, didWriteMessages } = await ask({ type: 'ForSharedWorker', message }, true);
    if (!result.ok) throw new Error(result.error.type);
    if (didWriteMessages) onWritten();
    if (result.value.type === 'Failed') throw new Error(`failed to ${result.value.cause}`);
    if (result.value.type === 'Response') socket.send(result.value.message);
    if (result.value.type === 'Converged') ended?.resolve();
  }

  return {
    async connect() {
      socket = new WebSocket(createOwnerWebSocketTransport({ url, ownerId: owner.id }).url);
      socket.binaryType = 'arraybuffer';
      socket.addEventListener('message', ({ data }) => {
        apply(new Uint8Array(data)).catch((error) => ended?.reject(error));
      });
      socket.addEventListener('close', () => ended?.reject(new Error('the relay has hung up')));
      await new Promise((resolve) => socket.addEventListener('open', resolve));
    },
    disconnect() {
      ended = null;
      socket?.close();
      socket = null;
    },
    /** @returns what was written, as it would be sent */
    async mutate(changes) {
      const { messagesByOwnerId } = await ask(
        {
          type: 'ForEvolu',
          id: instance,
          message: {
            type: 'Mutate',
            changes: changes.map((change) => ({ ...change, ownerId: owner.id })),
            onCompleteIds: [],
            subscribedQueries: new Set(),
          },
        },
        true,
      );
      return messagesByOwnerId.get(owner.id);
    },
    /** Range by range until both sides have the same; subscribes to what others write. */
    async reconcile() {
      ended = Promise.withResolvers();
      const { protocolMessagesByOwnerId } = await ask(
        { type: 'ForSharedWorker', message: { type: 'CreateSyncMessages', owners: [owner] } },
        false,
      );
      socket.send(protocolMessagesByOwnerId.get(owner.id));
      await ended.promise;
    },
    /** Sends these messages as they are, whatever the relay has. */
    async send(messages) {
      ended = Promise.withResolvers();
      socket.send(createProtocolMessageFromCrdtMessages({ randomBytes })(owner, messages));
      await ended.promise;
    },
  };
}
