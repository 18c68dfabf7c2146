import { browser } from 'wxt/browser';

/** After so long without a key or a move of the mouse the browser calls the computer idle. */
const IDLE_AFTER_S = 120;
const MS_PER_S = 1000;

/**
 * Tells when the computer goes idle (for how long it has been) or is locked. Only where the user has
 * allowed it, now or later; without it a page's own silence ends the counting.
 */
export function watchIdle(onAway: (idleMs: number) => void): void {
  const listen = (): void => {
    // The interface is there only with the permission.
    const { idle } = browser as Partial<Pick<typeof browser, 'idle'>>;
    if (!idle || idle.onStateChanged.hasListener(tell)) return;
    idle.setDetectionInterval(IDLE_AFTER_S);
    idle.onStateChanged.addListener(tell);
  };
  const tell = (state: string): void => {
    if (state === 'idle') onAway(IDLE_AFTER_S * MS_PER_S);
    if (state === 'locked') onAway(0);
  };
  listen();
  browser.permissions.onAdded.addListener(listen);
}
