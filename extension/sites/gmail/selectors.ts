import { MARK } from '../own-elements.ts';
import type { AttributeRule, Named, Rule } from '../rules.ts';

/**
 * Everything fragile about Gmail's page, as data: for each question the rules newest first, each
 * with the month it was last seen working. A change of Gmail's is a new row at the top; `via` in a
 * snapshot names the row that matched. Only attributes and classes, never a label: labels are
 * translated. Each rule has a fixture that cannot be read without it.
 */
/** An attribute of an element that was found already. */
export interface AttributeName extends Named {
  readonly attribute: string;
}

export interface LayoutRule extends Rule {
  /** What the snapshot calls it. */
  readonly layout: 'thread' | 'single-message' | 'reading-pane' | 'pop-out';
  /** The body's own classes, where they tell the layout. */
  readonly body?: string;
  /** A shape that other pages might have too. */
  readonly isGuess?: true;
}

export interface IdRule extends AttributeRule {
  /** Looked for in the whole visible view, a list beside the thread included. */
  readonly within?: 'view';
  /** Trusted only once the page has had its time to paint. */
  readonly isLastResort?: true;
}

export interface AccountRule extends Rule {
  /** Null for the element's text. */
  readonly attribute: string | null;
  /** The first group is the address; labels around it are translated, and are not looked at. */
  readonly pattern: RegExp;
}

/** The rules for an open thread. Tests take one out and see a fixture fail. */
export interface ThreadRules {
  readonly views: readonly Rule[];
  readonly layouts: readonly LayoutRule[];
  readonly threadIds: readonly IdRule[];
  readonly messages: readonly Rule[];
  readonly collapsed: readonly Rule[];
  readonly messageIds: readonly AttributeName[];
  readonly subjects: readonly Rule[];
  readonly emoji: readonly AttributeRule[];
  readonly senders: readonly Rule[];
  readonly recipients: readonly Rule[];
  readonly details: readonly Rule[];
  readonly dates: readonly AttributeRule[];
  readonly bodies: readonly Rule[];
  readonly accounts: readonly AccountRule[];
  readonly lists: readonly Rule[];
}

/** The address at the end of "Subject - jane@example.com - Gmail". */
const ACCOUNT_IN_TITLE = / - ([^\s@]+@[^\s@]+) - [^@]+$/;
/** "Google Account: Jane Doe (jane@example.com)", in any language. */
const ACCOUNT_IN_LABEL = /\(([^\s@()]+@[^\s@()]+)\)/;

// Apart from the rest, because the list's own script needs these and none of the others.
const views: readonly Rule[] = [{ name: 'role-main', seen: '2026-09', selector: '[role=main]' }];
/** Never read to know who it is: whatever stands in a message's body was written by its sender. */
const bodies: readonly Rule[] = [{ name: 'a3s', seen: '2026-09', selector: '.a3s' }];
const emoji: readonly AttributeRule[] = [
  { name: 'img', seen: '2026-08', selector: 'img[data-emoji]', attribute: 'data-emoji' },
];

export const threadRules: ThreadRules = {
  views,
  /** `selector` finds the thread's element inside the visible view, if that has any of THREAD_PARTS. */
  layouts: [
    {
      name: 'pop-out-2023',
      seen: '2026-08',
      layout: 'pop-out',
      body: '.xE, .xp',
      selector: '.a98.iY',
    },
    {
      name: 'pane-2023',
      seen: '2026-08',
      layout: 'reading-pane',
      selector: '.aia .ao9:has(.a98.iY)',
    },
    {
      name: 'single-2025',
      seen: '2026-08',
      layout: 'single-message',
      selector: '.a98.iY:has([data-thread-id*="msg-"])',
    },
    {
      name: '~single-2023',
      seen: '2025-11',
      layout: 'single-message',
      selector: '.a98.iY:has([data-thread-perm-id*="msg-"])',
    },
    { name: 'thread-2023', seen: '2026-09', layout: 'thread', selector: '.a98.iY' },
    {
      name: '~pop-out-table',
      seen: '2023-11',
      layout: 'pop-out',
      body: '.xE, .xp',
      selector: 'table.Bs',
    },
    {
      name: '~pane-table',
      seen: '2023-11',
      layout: 'reading-pane',
      selector: '.aia table.Bs',
    },
    {
      name: '~single-table',
      seen: '2023-11',
      layout: 'single-message',
      selector: 'table.Bs:has([data-thread-perm-id*="msg-"], [data-thread-id*="msg-"])',
    },
    {
      name: '~thread-table',
      seen: '2023-11',
      layout: 'thread',
      selector: 'table.Bs',
    },
    {
      name: '~bare-view',
      seen: '2026-05',
      layout: 'thread',
      isGuess: true,
      selector: ':scope:has(h2.hP)',
    },
  ],
  /** `data-thread-perm-id` has been absent or the word "undefined" since November 2025. */
  threadIds: [
    {
      name: 'h2-legacy',
      seen: '2026-09',
      selector: 'h2[data-legacy-thread-id]',
      attribute: 'data-legacy-thread-id',
    },
    {
      name: '~any-legacy',
      seen: '2026-08',
      selector: '[data-legacy-thread-id]',
      attribute: 'data-legacy-thread-id',
    },
    {
      name: '~selected-row',
      seen: '2026-08',
      within: 'view',
      isLastResort: true,
      selector: '[gh=tl] tr.aps [data-legacy-thread-id]',
      attribute: 'data-legacy-thread-id',
    },
  ],
  /** A message that is shown in full. A collapsed one has neither id nor body. */
  messages: [
    { name: 'adn-ads', seen: '2026-09', selector: '.adn.ads' },
    { name: '~message-id', seen: '2026-08', selector: '[data-message-id]' },
  ],
  /** The wrappers of collapsed and stacked-away messages: hints, so only ever used to pass over. */
  collapsed: [{ name: 'kv', seen: '2026-08', selector: '.kv, .ky, .kQ, .kx' }],
  /** A reply just sent has no legacy id, or a wrong one, until it is synced: so that one is second. */
  messageIds: [
    { name: 'id', seen: '2026-09', attribute: 'data-message-id' },
    { name: '~legacy-id', seen: '2026-09', attribute: 'data-legacy-message-id' },
  ],
  subjects: [
    { name: 'hP', seen: '2026-09', selector: 'h2.hP' },
    { name: '~ha-h2', seen: '2026-08', selector: '.ha h2' },
  ],
  emoji,
  senders: [
    { name: 'gD', seen: '2026-09', selector: '.gD[email]' },
    { name: '~hovercard', seen: '2026-08', selector: '.gD[data-hovercard-id]' },
    { name: '~gF', seen: '2026-08', selector: 'td.gF [email]' },
  ],
  /** The header line names some, to and cc alike. */
  recipients: [{ name: 'hb', seen: '2026-09', selector: '.hb [email]' }],
  /** The user's own "show details" names all, a row for each of from, reply-to, to, cc and bcc. */
  details: [{ name: 'ajC', seen: '2026-08', selector: 'table.ajC tr' }],
  dates: [{ name: 'g3', seen: '2026-09', selector: '.g3[title]', attribute: 'title' }],
  bodies,
  accounts: [
    {
      name: 'title',
      seen: '2026-09',
      selector: 'title',
      attribute: null,
      pattern: ACCOUNT_IN_TITLE,
    },
    {
      name: '~badge',
      seen: '2026-08',
      selector: 'a[href*="SignOutOptions"][aria-label*="@"]:not([role=main] *)',
      attribute: 'aria-label',
      pattern: ACCOUNT_IN_LABEL,
    },
  ],
  lists: [
    { name: 'gh-tl', seen: '2026-09', selector: '[gh=tl]' },
    { name: '~zA', seen: '2026-09', selector: 'tr.zA' },
  ],
};

/** The rules for the list of threads and for an email that is being written. */
export interface AroundRules {
  readonly rows: readonly Rule[];
  readonly rowPeople: readonly AttributeRule[];
  readonly rowThreads: readonly AttributeRule[];
  readonly advertisements: readonly Rule[];
  readonly composers: readonly Rule[];
  readonly chips: readonly AttributeRule[];
  readonly draftSubjects: readonly Rule[];
  /** As for an open thread. */
  readonly views: readonly Rule[];
  readonly bodies: readonly Rule[];
  readonly emoji: readonly AttributeRule[];
}

/** The class of a row has never changed; what holds the rows has. */
export const LIST_ROW = 'tr.zA';

export const aroundRules: AroundRules = {
  rows: [{ name: 'zA', seen: '2026-09', selector: LIST_ROW }],
  /** Printed twice in each row, once hidden. */
  rowPeople: [
    { name: 'email', seen: '2026-09', selector: '[email]', attribute: 'email' },
    {
      name: '~hovercard',
      seen: '2026-08',
      selector: '[data-hovercard-id*="@"]',
      attribute: 'data-hovercard-id',
    },
  ],
  rowThreads: [
    {
      name: 'legacy',
      seen: '2026-09',
      selector: '[data-legacy-thread-id]',
      attribute: 'data-legacy-thread-id',
    },
  ],
  advertisements: [
    { name: 'am0', seen: '2026-08', selector: '.am0' },
    { name: 'bvA', seen: '2026-08', selector: '.bvA' },
  ],
  /** In a window, in a reply below the thread, or as a page of its own. */
  composers: [
    { name: 'M9', seen: '2026-08', selector: '.M9' },
    {
      name: '~dialog',
      seen: '2026-08',
      selector: '[role=dialog]:has([name=subjectbox])',
    },
  ],
  /** Each chip has a hidden twin with the attribute `email`, which is not looked at. */
  chips: [
    {
      name: 'option',
      seen: '2026-08',
      selector: '[role=option][data-hovercard-id]',
      attribute: 'data-hovercard-id',
    },
    {
      name: '~textarea',
      seen: '2021-10',
      selector: 'textarea[name]',
      attribute: 'value',
    },
  ],
  draftSubjects: [{ name: 'subjectbox', seen: '2026-08', selector: 'input[name=subjectbox]' }],
  views,
  bodies,
  emoji,
};

/** `…#inbox/FMfcgz…`, `…#label/Work/19a0c3d2e4f51000`: an address whose hash names an open thread. */
export const THREAD_IN_HASH = /#[^?]+\/([\da-f]{16}|[A-Za-z]{24,})(?:\?.*)?$/;

/** Each layout's thread is, or holds, one of these: a view without them is asked no further. */
export const THREAD_PARTS = '.iY, .Bs, .hP';

/** A node that was added and is, or holds, one of these can be a change of thread. */
export const PAINTED = '.hP, .gD, .adn, .ajC';

/**
 * The same for the list and for a draft: the first for the node itself, our own mark excepted, the
 * second for what it holds, the third for what is taken away.
 */
export const PAINTED_AROUND = `tr.zA, tr.zA :not(${MARK}), .M9, [role=option]`;
export const HELD_AROUND = 'tr.zA, .M9, [role=option]';
export const TAKEN_AROUND = `[role=option], ${MARK}`;

/** Ids and addresses that are painted into nodes that stand already. */
export const LATE_ATTRIBUTES: string[] = [
  'data-legacy-thread-id',
  'data-message-id',
  'data-legacy-message-id',
  'email',
];

/** For words that the user has picked out or is writing. */
export const PICKED = {
  editor: '[contenteditable=true][role=textbox], [contenteditable=true][aria-multiline]',
  /** In a text being written: what others wrote before. */
  quotation: '.gmail_quote, .gmail_attr, blockquote',
} as const;
