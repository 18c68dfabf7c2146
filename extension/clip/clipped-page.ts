import { plainLine, plainText, webAddress } from '../../shared/rules/plain-text.ts';

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

/** What a page tells of itself. */
export interface Seen {
  readonly selection: string;
  readonly title: string;
  readonly url: string;
  readonly description: string;
}

/** Cleaned and cut. */
export const clipped = (seen: Seen, isRead: boolean): ClippedPage => ({
  text: plainText(seen.selection, MAX_TEXT),
  title: plainLine(seen.title, MAX_TITLE),
  url: webAddress(seen.url),
  description: plainLine(seen.description, MAX_DESCRIPTION),
  isRead,
});
