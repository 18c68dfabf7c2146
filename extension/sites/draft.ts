import type { Person, Snapshot } from './snapshot.ts';

/** An email that is being written, in a window, below a thread or on a page of its own. */
export interface Draft {
  readonly root: Element;
  /** The window it is written in, or null for one below a thread or on a page of its own. */
  readonly dialog: Element | null;
  readonly subject: string;
  /** Role `recipient` for "to", `cc` for copies open and blind. */
  readonly people: readonly Person[];
  /** Which rules answered, by question. */
  readonly via: Readonly<Record<string, string>>;
}

/** What a new draft is opened with. */
export interface DraftFields {
  readonly to: readonly string[];
  readonly subject: string;
  readonly body: string;
}

export const snapshotOfDraft = (
  host: Snapshot['host'],
  draft: Draft,
  account: string | null,
): Snapshot => ({
  host,
  account,
  layout: 'draft',
  threadId: null,
  threadUrl: null,
  subject: draft.subject,
  lastMessage: null,
  people: draft.people,
  confidence: 'high',
  via: draft.via,
});
