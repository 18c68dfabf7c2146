import type { DemoKind, DemoMessage, DemoThread, Party } from './types.ts';

const HOUR_MS = 3_600_000;
/** Sixteen hex digits as Gmail's, far from each other so that a mixed-up id shows. */
const FIRST_THREAD_ID = 0x19a0_c3d2_e4f5_1000n;
const THREAD_STEP = 0x1_0203n;

/** A thread as it is written down by hand: times in hours before now, people by name. */
export interface ThreadDraft {
  readonly key: string;
  readonly kind?: DemoKind;
  readonly subject: string;
  readonly unread?: boolean;
  readonly messages: readonly MessageDraft[];
}

export interface MessageDraft {
  /** `null` is the account's owner. */
  readonly from: Party | null;
  /** Default: the owner. */
  readonly to?: readonly Party[];
  readonly cc?: readonly Party[];
  readonly hoursAgo: number;
  readonly paragraphs: readonly string[];
}

export function threadFromDraft(
  draft: ThreadDraft,
  index: number,
  owner: Party,
  now: number,
): DemoThread {
  const id = FIRST_THREAD_ID + BigInt(index) * THREAD_STEP;
  return {
    key: draft.key,
    id: id.toString(16),
    kind: draft.kind ?? 'client',
    subject: draft.subject,
    unread: draft.unread ?? false,
    messages: draft.messages.map((message, at) =>
      messageFromDraft(message, id + BigInt(at), owner, now),
    ),
  };
}

/** The first message of a thread has the thread's own number, as in Gmail. */
function messageFromDraft(draft: MessageDraft, id: bigint, owner: Party, now: number): DemoMessage {
  return {
    id: `msg-f:${id}`,
    legacyId: id.toString(16),
    from: draft.from ?? owner,
    to: draft.to ?? [owner],
    cc: draft.cc ?? [],
    at: now - draft.hoursAgo * HOUR_MS,
    paragraphs: draft.paragraphs,
  };
}
