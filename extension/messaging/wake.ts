interface Runtime {
  readonly id?: string | undefined;
  sendMessage(message: unknown): Promise<unknown>;
}

/** What the background is asked for nothing but being there. */
export const WAKE_MESSAGE = 'background.wake';

/** One press is several events. */
const ONCE_MS = 500;

/**
 * Starting the background takes longer than everything else on the way to a card. Whoever reads mail
 * presses a button before a thread opens, or the address changes, and then the page fetches it: by
 * the time there is something to ask, the background is up and its database open.
 */
export function keepAwake(
  runtime: Runtime,
  window: Window & typeof globalThis,
  signal: AbortSignal,
): void {
  let wokenAt = -Infinity;
  const wake = (): void => {
    if (!runtime.id || performance.now() - wokenAt < ONCE_MS) return;
    wokenAt = performance.now();
    // Whoever asks in earnest hears what is wrong.
    runtime.sendMessage({ name: WAKE_MESSAGE, input: null }).catch(() => undefined);
  };
  const options = { signal, capture: true, passive: true };
  for (const type of ['pointerdown', 'focus']) window.addEventListener(type, wake, options);
  // Where the page keeps the event of its address to itself, this one is heard all the same.
  window.navigation?.addEventListener('currententrychange', wake, options);
}
