/**
 * Resolves when the frame that shows the present state has been painted, with the time then. The
 * frame's callback runs before style, layout and paint of the same frame; a message posted in it is
 * handled after them. What the compositor does afterwards is not in it.
 */
export const painted = (): Promise<number> =>
  new Promise((resolve) => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.addEventListener('message', () => {
        port1.close();
        resolve(performance.now());
      });
      port1.start();
      port2.postMessage(null);
    });
  });

const TIMEOUT_MS = 15_000;

/** Resolves with `look`'s first answer that is not null, looking at each mutation below `root`. */
export function seen<Found>(root: Node, look: () => Found | null, what: string): Promise<Found> {
  const now = look();
  if (now !== null) return Promise.resolve(now);
  return new Promise((resolve, reject) => {
    const observer = new MutationObserver(() => {
      const found = look();
      if (found === null) return;
      clearTimeout(timer);
      observer.disconnect();
      resolve(found);
    });
    observer.observe(root, {
      childList: true,
      subtree: true,
      characterData: true,
      attributes: true,
    });
    const timer = setTimeout(() => {
      observer.disconnect();
      reject(new Error(`${what} was not seen within ${TIMEOUT_MS} ms`));
    }, TIMEOUT_MS);
  });
}
