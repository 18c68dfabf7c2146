import { useEffect, useState } from 'preact/hooks';
import { browser } from 'wxt/browser';
import type { ClipAction } from '../../clip/actions.ts';
import type { ClipView } from '../../clip/ClipView.tsx';
import type { ClippedPage } from '../../clip/clipped-page.ts';
import { CLIP_MESSAGE } from '../../messaging/events.ts';

interface OpenClip {
  readonly View: typeof ClipView;
  readonly action: ClipAction;
  readonly clipped: ClippedPage;
}

interface UsedClip {
  readonly clip: OpenClip | null;
  /** Reads the active tab, as far as the browser lets us. */
  readonly open: (action: ClipAction) => void;
  readonly close: () => void;
}

const load = () => import('../../clip/clip-in-panel.ts');

/** What the context menu or the palette clips is shown here, for as long as the panel is open. */
export function useClip(): UsedClip {
  const [clip, setClip] = useState<OpenClip | null>(null);
  useEffect(() => {
    let ownWindow: number | undefined;
    void browser.windows.getCurrent().then(({ id }) => {
      ownWindow = id;
    });
    const listen = (message: unknown, _sender: unknown, respond: (taken: true) => void): void => {
      if (!isClipFor(message, ownWindow)) return;
      respond(true);
      void load().then(async ({ ClipView, readTaken }) => {
        const taken = await readTaken();
        if (taken) setClip({ View: ClipView, ...taken });
      });
    };
    browser.runtime.onMessage.addListener(listen);
    return () => browser.runtime.onMessage.removeListener(listen);
  }, []);
  return {
    clip,
    open(action) {
      void load().then(async ({ ClipView, readActive }) => {
        setClip({ View: ClipView, action, clipped: await readActive(action) });
      });
    },
    close: () => setClip(null),
  };
}

const isClipFor = (message: unknown, windowId: number | undefined): boolean =>
  typeof message === 'object' &&
  message !== null &&
  'name' in message &&
  message.name === CLIP_MESSAGE &&
  'windowId' in message &&
  message.windowId === windowId &&
  windowId !== undefined;
