/**
 * Lets the browser do what else is due. A timer would be held back by some milliseconds each time
 * once it repeats; a message is not. Never inside a transaction, which would end.
 */
export const pause = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', () => {
      port1.close();
      resolve();
    });
    port1.start();
    port2.postMessage(null);
  });
