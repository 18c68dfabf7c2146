import { browser } from 'wxt/browser';
import type { ClipRequest } from './actions.ts';
import { CLIP_KEY, parseRequest } from './request.ts';

/** Once: what was clipped is not kept longer than it takes to read it. */
export async function takeClip(): Promise<ClipRequest | null> {
  const { session } = browser.storage;
  const stored = await session.get(CLIP_KEY);
  await session.remove(CLIP_KEY);
  return parseRequest(stored[CLIP_KEY]);
}
