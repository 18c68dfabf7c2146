import './clip.css';
import { activeTab } from './active-tab.ts';
import type { ClipAction } from './actions.ts';
import type { ClippedPage } from './clipped-page.ts';
import { readClipped } from './read-page.ts';
import { takeClip } from './take-clip.ts';

/** All that a surface needs which shows a clip only now and then: loaded when it first does. */
export { ClipView } from './ClipView.tsx';

export async function readTaken(): Promise<{
  readonly action: ClipAction;
  readonly clipped: ClippedPage;
} | null> {
  const request = await takeClip();
  return request && { action: request.action, clipped: await readClipped(request) };
}

export const readActive = async (action: ClipAction): Promise<ClippedPage> =>
  readClipped((await activeTab(action)).request);
