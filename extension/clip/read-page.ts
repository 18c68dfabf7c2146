import * as v from 'valibot';
import { browser } from 'wxt/browser';
import type { ClipRequest } from './actions.ts';
import { clipped, type ClippedPage, type Seen } from './clipped-page.ts';

const seenSchema: v.GenericSchema<unknown, Seen> = v.object({
  selection: v.string(),
  title: v.string(),
  url: v.string(),
  description: v.string(),
});

/** Reads the page once, which the user's click allows. */
export async function readClipped(request: ClipRequest): Promise<ClippedPage> {
  const seen = request.tabId === null ? null : await see(request.tabId);
  // A selection in a frame is known to the menu alone.
  const selection = seen?.selection || request.selection;
  return clipped({ ...request, description: '', ...seen, selection }, seen !== null);
}

async function see(tabId: number): Promise<Seen | null> {
  try {
    const [result] = await browser.scripting.executeScript({ target: { tabId }, func: look });
    const parsed = v.safeParse(seenSchema, result?.result);
    return parsed.success ? parsed.output : null;
  } catch {
    // A page of the browser itself, or one that no gesture has opened to us.
    return null;
  }
}

/** Runs in the page, so it uses nothing from outside. */
function look(): Seen {
  const named = document.querySelector<HTMLMetaElement>(
    'meta[name=description], meta[property="og:description"]',
  );
  return {
    selection: String(getSelection() ?? '').slice(0, 40_000),
    title: document.title.slice(0, 2000),
    url: location.href,
    description: (named?.content ?? '').slice(0, 4000),
  };
}
