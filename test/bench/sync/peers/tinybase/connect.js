import { createWsSynchronizer } from 'tinybase/synchronizers/synchronizer-ws-client';

/** The default of one second is for small stores. */
const REQUEST_TIMEOUT_S = 600;

/**
 * A synchronizer on a socket of its own. TinyBase keeps what goes wrong to itself, so it is noted
 * here, and so is a socket that the other side closes: it does that when a message is too large.
 */
export async function connect(store, url) {
  const failed = Promise.withResolvers();
  failed.promise.catch(() => undefined);
  let isClosing = false;
  const socket = new WebSocket(`${url.replace('http:', 'ws:')}/book`);
  socket.addEventListener('close', ({ code, reason }) => {
    if (!isClosing) failed.reject(new Error(`the socket was closed: ${code} ${reason}`));
  });
  const synchronizer = await createWsSynchronizer(
    store,
    socket,
    REQUEST_TIMEOUT_S,
    undefined,
    undefined,
    (error) => failed.reject(error),
  );
  return {
    /** Waits for the synchronizer's work, or for its failure. */
    orFail: (work) => Promise.race([work, failed.promise]),
    synchronizer,
    async close() {
      isClosing = true;
      await synchronizer.destroy();
    },
  };
}
