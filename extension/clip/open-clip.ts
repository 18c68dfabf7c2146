import { browser } from 'wxt/browser';
import { CLIP_MESSAGE } from '../messaging/events.ts';
import { extensionUrl } from '../page/extension-url.ts';
import { CLIP_KEY, type ClipRequest } from './actions.ts';

const WINDOW_SIZE = { width: 440, height: 640 };

/** In the side panel if it is open in this window, else in a small window of its own. */
export async function openClip(request: ClipRequest, windowId: number | undefined): Promise<void> {
  await browser.storage.session.set({ [CLIP_KEY]: request });
  if (await isTaken(windowId)) return;
  await browser.windows.create({ type: 'popup', url: extensionUrl('/clip.html'), ...WINDOW_SIZE });
}

async function isTaken(windowId: number | undefined): Promise<boolean> {
  try {
    const answer: unknown = await browser.runtime.sendMessage({ name: CLIP_MESSAGE, windowId });
    return answer === true;
  } catch {
    // No page of ours is open.
    return false;
  }
}
