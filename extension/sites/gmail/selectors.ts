/**
 * Everything fragile about Gmail's page, as data: for each question the rules newest first, each
 * with the month it was last seen working. A change of Gmail's is a new row at the top; `via` in a
 * snapshot names the row that matched. Only attributes and classes, never a label: labels are
 * translated.
 */
export interface Rule {
  readonly name: string;
  readonly seen: string;
  readonly selector: string;
}

export interface LayoutRule extends Rule {
  /** What the snapshot calls it. */
  readonly layout: 'thread' | 'single-message' | 'reading-pane' | 'pop-out';
  /** The body's own classes, where they tell the layout. */
  readonly body?: string;
  /** A shape that other pages might have too. */
  readonly isGuess?: true;
}

export interface AttributeRule extends Rule {
  readonly attribute: string;
}

export interface IdRule extends AttributeRule {
  /** Where to look: in the thread, or in the whole visible view (a list beside the thread). */
  readonly within: 'thread' | 'view';
  /** Trusted only once the page has had its time to paint. */
  readonly isLastResort?: true;
}

export const VIEW = '[role=main]';

export const LIST = '[gh=tl]';
export const LIST_ROW = '[gh=tl] tr.zA';

/** `selector` finds the thread's element inside the visible view. */
export const layouts: readonly LayoutRule[] = [
  {
    name: 'pop-out-2023',
    seen: '2026-08',
    layout: 'pop-out',
    body: '.xE, .xp',
    selector: '.a98.iY, table.Bs',
  },
  {
    name: 'pane-2023',
    seen: '2026-08',
    layout: 'reading-pane',
    selector: '.aia .ao9:has(.a98.iY)',
  },
  {
    name: 'single-2023',
    seen: '2026-08',
    layout: 'single-message',
    selector: '.a98.iY:has([data-thread-perm-id*="msg-"], [data-thread-id*="msg-"])',
  },
  { name: 'thread-2023', seen: '2026-09', layout: 'thread', selector: '.a98.iY' },
  { name: 'pane-table', seen: '2023-11', layout: 'reading-pane', selector: '.aia table.Bs' },
  { name: 'thread-table', seen: '2023-11', layout: 'thread', selector: 'table.Bs' },
  {
    name: 'bare-view',
    seen: '2026-05',
    layout: 'thread',
    isGuess: true,
    selector: ':scope:has(h2.hP)',
  },
];

/** `data-thread-perm-id` has been absent or the word "undefined" since November 2025. */
export const threadIds: readonly IdRule[] = [
  {
    name: 'h2-legacy',
    seen: '2026-09',
    within: 'thread',
    selector: 'h2[data-legacy-thread-id]',
    attribute: 'data-legacy-thread-id',
  },
  {
    name: 'any-legacy',
    seen: '2026-08',
    within: 'thread',
    selector: '[data-legacy-thread-id]',
    attribute: 'data-legacy-thread-id',
  },
  {
    name: 'selected-row',
    seen: '2026-08',
    within: 'view',
    isLastResort: true,
    selector: '[gh=tl] tr.aps [data-legacy-thread-id]',
    attribute: 'data-legacy-thread-id',
  },
];

/** A message that is shown in full. A collapsed one has neither id nor body. */
export const messages: readonly Rule[] = [
  { name: 'adn-ads', seen: '2026-09', selector: '.adn.ads' },
  { name: 'message-id', seen: '2026-08', selector: '[data-message-id]' },
];

/** The wrappers of collapsed and stacked-away messages: hints, so only ever used to pass over. */
export const COLLAPSED = '.kv, .ky, .kQ, .kx';

/** A reply just sent has no legacy id, or a wrong one, until it is synced: so that one is second. */
export const MESSAGE_ID_ATTRIBUTES = ['data-message-id', 'data-legacy-message-id'] as const;

export const subjects: readonly Rule[] = [
  { name: 'hP', seen: '2026-09', selector: 'h2.hP' },
  { name: 'ha-h2', seen: '2026-08', selector: '.ha h2' },
];

export const EMOJI = 'img[data-emoji]';

export const senders: readonly Rule[] = [
  { name: 'gD', seen: '2026-09', selector: '.gD[email]' },
  { name: 'hovercard', seen: '2026-08', selector: '.gD[data-hovercard-id]' },
  { name: 'gF', seen: '2026-08', selector: 'td.gF [email]' },
];

/** The header line names some; the user's own "show details" names all. */
export const RECIPIENTS = '.hb [email], .ajC [email]';

export const DATE: AttributeRule = {
  name: 'g3',
  seen: '2026-09',
  selector: '.g3[title]',
  attribute: 'title',
};

/** Never read to know who it is: whatever stands in a message's body was written by its sender. */
export const BODY = '.a3s';

/** The address at the end of "Subject - jane@example.com - Gmail". */
export const ACCOUNT_IN_TITLE = / - ([^\s@]+@[^\s@]+) - [^@]+$/;

/** `#inbox/FMfcgz…`, `#label/Work/19a0c3d2e4f51000`: a hash that names an open thread. */
export const THREAD_IN_HASH = /^#[^?]+\/([\da-f]{16}|[A-Za-z]{24,})(?:\?.*)?$/;

/** A node that was added and is, or holds, one of these can be a change of thread. */
export const PAINTED = '.hP, .gD, .adn, .ajC';

/** Ids and addresses that are painted into nodes that stand already. */
export const LATE_ATTRIBUTES = [
  'data-legacy-thread-id',
  'data-message-id',
  'data-legacy-message-id',
  'email',
] as const;

/** For words that the user has picked out: whose they are. */
export const PICKED = {
  /** A message that is shown in full, and in it who sent it. */
  message: '.adn, [data-message-id]',
  sender: '.gD[email], .gD[data-hovercard-id], td.gF [email]',
  /** What is being written: its window or place in the thread, and the text itself. */
  composer: '.M9',
  editor: '.M9 [contenteditable=true][role=textbox], .M9 [contenteditable=true][aria-multiline]',
  /** In a text being written: what others wrote before. */
  quotation: '.gmail_quote, .gmail_attr, blockquote',
} as const;
