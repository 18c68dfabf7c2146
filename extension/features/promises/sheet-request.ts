import type { Failure } from '../../messaging/messages.ts';
import type { Send } from '../../messaging/send.ts';
import type { OpenPromise } from '../../db/promise-standing.ts';
import type { Translator } from '../../ui/translate.ts';
import type { PromiseMessages } from './messages.ts';

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
