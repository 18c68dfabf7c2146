import * as v from 'valibot';
import { browser } from 'wxt/browser';
import { plainLine, plainText, webAddress } from '../../shared/rules/plain-text.ts';
import type { ClipRequest } from './actions.ts';

/** What is clipped: plain text within the limits of what it may become. */
export interface ClippedPage {
  readonly text: string;
  readonly title: string;
  /** Null for a page that is not of the web. */
  readonly url: string | null;
  readonly description: string;
  /** False where the browser does not let us look: then the user pastes. */
  readonly isRead: boolean;
}

const MAX_TEXT = 15_000;
const MAX_TITLE = 300;
const MAX_DESCRIPTION = 1000;

const seenSchema = v.object({
  selection: v.string(),
  title: v.string(),
  url: v.string(),
  description: v.string(),
});
type Seen = v.InferOutput<typeof seenSchema>;

/** Reads the page once, which the user's click allows; what a page tells is cleaned and cut. */
export async function readClipped(request: ClipRequest): Promise<ClippedPage> {
  const seen = request.tabId === null ? null : await see(request.tabId);
  // A selection in a frame is known to the menu alone.
  const selection = seen?.selection || request.selection;
  return clipped({ ...request, description: '', ...seen, selection }, seen !== null);
}

export const clipped = (seen: Seen, isRead: boolean): ClippedPage => ({
  text: plainText(seen.selection, MAX_TEXT),
  title: plainLine(seen.title, MAX_TITLE),
  url: webAddress(seen.url),
  description: plainLine(seen.description, MAX_DESCRIPTION),
  isRead,
});

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
