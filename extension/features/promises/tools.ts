import type { Failure } from '../../messaging/messages.ts';
import type { Send } from '../../messaging/send.ts';
import type { OpenPromise } from '../../db/promise-standing.ts';
import type { Translator } from '../../ui/translate.ts';
import type { ClientCalendar, PromiseMessages } from './messages.ts';

/** What the sheet is opened for: a promise to change, or words on the page that may hold one. */
export interface SheetRequest {
  readonly t: Translator;
  readonly send: Send<PromiseMessages>;
  readonly now: () => number;
  /** An empty element that the sheet draws into; it goes with the client's card. */
  readonly container: Element;
  readonly promise: OpenPromise | null;
  readonly clientId: string;
  readonly contactId: string | null;
  readonly subject: string;
  readonly threadUrl: string | null;
  /** The signed-in address: tells who wrote the selected words. */
  readonly account: string | null;
  readonly announce: (words: string, undoToken: string | null) => void;
  readonly report: (error: Failure) => void;
}

export type OpenSheet = (request: SheetRequest & ClientCalendar) => void;

declare global {
  /**
   * Set by the tools' script in the content script's own world, which no page can see. The languages
   * and the library behind it are larger than the panel, so it comes when it is first asked for.
   */
  var mainstayPromiseTools: OpenSheet | undefined;
}

/** Fetches the tools if they are not there yet, and opens the sheet. */
export async function openSheet(request: SheetRequest): Promise<void> {
  const answer = await request.send('promise.tools', { clientId: request.clientId });
  if (answer.ok) globalThis.mainstayPromiseTools?.({ ...request, ...answer.value });
  else request.report(answer.error);
}
