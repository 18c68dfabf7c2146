import type { browser } from 'wxt/browser';

const COLLAPSED_KEY = 'panel-collapsed';
/** Narrower than this the panel would cover the email, so it starts as a tab. */
const ROOM_PX = 1100;

type Area = typeof browser.storage.local;

/** The user's last choice, else whatever the window has room for. */
export async function readCollapsed(area: Area, windowWidthPx: number): Promise<boolean> {
  const stored = await area.get(COLLAPSED_KEY);
  const choice = stored[COLLAPSED_KEY];
  return typeof choice === 'boolean' ? choice : windowWidthPx < ROOM_PX;
}

export async function writeCollapsed(area: Area, isCollapsed: boolean): Promise<void> {
  await area.set({ [COLLAPSED_KEY]: isCollapsed });
}
