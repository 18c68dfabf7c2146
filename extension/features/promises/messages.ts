import type { PromiseDirection, PromiseStatus } from '../../../shared/model/promise-words.ts';

export interface NewPromise {
  readonly clientId: string;
  readonly contactId: string | null;
  readonly direction: PromiseDirection;
  readonly what: string;
  /** `YYYY-MM-DD`, or null for no day. */
  readonly dueOn: string | null;
  /** The sentence and the thread it came from; empty and null where it was written by hand. */
  readonly sentence: string;
  readonly subject: string;
  readonly threadUrl: string | null;
}

/** Only what is given changes. */
export interface PromiseChange {
  readonly id: string;
  readonly direction?: PromiseDirection | undefined;
  readonly what?: string | undefined;
  readonly dueOn?: string | null | undefined;
  readonly status?: PromiseStatus | undefined;
  readonly snoozedUntil?: string | undefined;
  readonly isRemoved?: boolean | undefined;
}

/** Where and how the client reckons days: what "by Friday" means to them. */
export interface ClientCalendar {
  readonly timeZone: string | null;
  /** BCP 47. */
  readonly language: string;
}

export type PromiseMessages = {
  'promise.add': [NewPromise, { readonly undoToken: string }];
  'promise.change': [PromiseChange, { readonly undoToken: string }];
  /** Puts the panel's tools into the page that asks; they are too large to be in every page. */
  'promise.tools': [{ readonly clientId: string | null }, ClientCalendar];
};
