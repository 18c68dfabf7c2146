/** The demo mailbox's data: what the Node side makes and the page shows. Plain and serialisable. */
export interface Party {
  readonly name: string;
  readonly address: string;
}

export interface DemoMessage {
  /** As Gmail writes it in `data-message-id`, without the leading '#'. */
  readonly id: string;
  /** Sixteen hex digits. */
  readonly legacyId: string;
  readonly from: Party;
  readonly to: readonly Party[];
  readonly cc: readonly Party[];
  /** UTC milliseconds. */
  readonly at: number;
  readonly paragraphs: readonly string[];
}

export type DemoKind = 'client' | 'unknown-company' | 'unknown-free-mail' | 'newsletter';

export interface DemoThread {
  /** A name for tests: `noa-quote`. */
  readonly key: string;
  /** The legacy thread id, sixteen hex digits: what stands in the hash and in the attribute. */
  readonly id: string;
  readonly kind: DemoKind;
  readonly subject: string;
  readonly unread: boolean;
  /** Oldest first. */
  readonly messages: readonly DemoMessage[];
}

/** What the page is given: in a data block of its document, so one response holds it all. */
export interface MailboxData {
  readonly account: string;
  readonly now: number;
  readonly threads: readonly DemoThread[];
}
