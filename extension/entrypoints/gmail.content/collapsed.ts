import type { browser } from '#imports';

const COLLAPSED_KEY = 'panel-collapsed';
/** Narrower than this the panel would cover the email, so it starts as a tab. */
const ROOM_PX = 1100;

type Storage = typeof browser.storage.local;

/** The user's last choice, else whatever the window has room for. */
export async function readCollapsed(storage: Storage, windowWidthPx: number): Promise<boolean> {
  const stored = await storage.get(COLLAPSED_KEY);
  const choice = stored[COLLAPSED_KEY];
  return typeof choice === 'boolean' ? choice : windowWidthPx < ROOM_PX;
}

export async function writeCollapsed(storage: Storage, isCollapsed: boolean): Promise<void> {
  await storage.set({ [COLLAPSED_KEY]: isCollapsed });
}
