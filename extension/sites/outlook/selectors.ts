import type { AttributeRule, Rule } from '../rules.ts';

/**
 * Everything fragile about Outlook on the web, as data: for each question the rules newest first,
 * each with the month it was last seen working. Outlook's classes are hashed and its labels are
 * translated, so a rule stands on a role, an id, a `data-` attribute or a title; of a label only the
 * address in it is read. Each rule has a fixture that cannot be read without it.
 */
export interface LayoutRule extends Rule {
  /** What the snapshot calls it; a window of its own is called `pop-out` whatever it holds. */
  readonly layout: 'thread' | 'single-message';
  /** A shape that other pages might have too. */
  readonly isGuess?: true;
}

/** Where in an element, or in what it holds, an address is written. */
export interface WrittenRule extends Rule {
  /** Null for the text. */
  readonly attribute: string | null;
}

/** The two kinds of fields that a draft's recipients stand in. */
export interface FieldRule extends Rule {
  /** The field's own id ends in `_TO`, `_CC` or `_BCC`; else the first field is "to". */
  readonly isNamed: boolean;
}

/** The rules for an open thread. Tests take one out and see a fixture fail. */
export interface ThreadRules {
  readonly panes: readonly Rule[];
  readonly layouts: readonly LayoutRule[];
  readonly threadIds: readonly AttributeRule[];
  readonly senders: readonly Rule[];
  readonly written: readonly WrittenRule[];
  readonly wells: readonly Rule[];
  readonly personas: readonly Rule[];
  readonly subjects: readonly Rule[];
  readonly dates: readonly Rule[];
  readonly bodies: readonly Rule[];
  readonly composers: readonly Rule[];
  readonly rowPeople: readonly AttributeRule[];
  readonly mailboxes: readonly AttributeRule[];
  readonly accounts: readonly WrittenRule[];
}

/** Whatever stands in a message's body was written by its sender: never asked who it is. */
const bodies: readonly Rule[] = [
  { name: 'unique-body', seen: '2026-10', selector: '[id^="UniqueMessageBody"]' },
  { name: '~document', seen: '2026-10', selector: '[role=document]' },
];

/** A person's address, where it is written at all. */
const written: readonly WrittenRule[] = [
  { name: 'text', seen: '2026-10', selector: ':scope', attribute: null },
  { name: 'title', seen: '2026-09', selector: '[title*="@"]', attribute: 'title' },
  { name: 'label', seen: '2026-10', selector: '[aria-label*="@"]', attribute: 'aria-label' },
];

/** What is being written stands among what is read: a draft's fields are not a message's. */
const composers: readonly Rule[] = [
  { name: 'docking', seen: '2026-10', selector: '[id^="docking_InitVisiblePart"]' },
  { name: '~form', seen: '2026-08', selector: '[data-app-section="Form_Content"]' },
  {
    name: '~pane',
    seen: '2026-10',
    selector:
      '[data-app-section="MailReadCompose"]:not(:has([id^="UniqueMessageBody"], [role=document])):has([contenteditable=true]:not([aria-multiline=true]))',
  },
];

export const threadRules: ThreadRules = {
  panes: [
    { name: 'read-compose', seen: '2026-10', selector: '[data-app-section="MailReadCompose"]' },
    { name: '~container', seen: '2026-08', selector: '#ReadingPaneContainerId' },
    { name: '~main', seen: '2026-09', selector: '[role=main]' },
  ],
  layouts: [
    {
      name: 'conversation',
      seen: '2026-09',
      layout: 'thread',
      selector: '[data-app-section="ConversationContainer"]',
    },
    {
      name: 'item',
      seen: '2026-08',
      layout: 'single-message',
      selector: '[data-app-section="ItemContainer"]',
    },
    {
      name: '~conversation-pane',
      seen: '2026-09',
      layout: 'thread',
      selector: '#ConversationReadingPaneContainer',
    },
    {
      name: '~bare-pane',
      seen: '2026-10',
      layout: 'thread',
      isGuess: true,
      selector: ':scope:has([id^="UniqueMessageBody"])',
    },
  ],
  /** The attachments are a list box too, and theirs have no such attribute. */
  threadIds: [
    {
      name: 'selected',
      seen: '2026-10',
      selector: '[role=listbox] [aria-selected=true][data-convid]',
      attribute: 'data-convid',
    },
  ],
  senders: [
    { name: 'from', seen: '2026-10', selector: '[id^="MSG_"][id$="_FROM"]' },
    { name: '~persona', seen: '2026-08', selector: '[data-lpc-hover-target-id]' },
    { name: '~label', seen: '2026-08', selector: '[aria-label*="@"]' },
  ],
  written,
  wells: [
    { name: 'well', seen: '2026-10', selector: '[data-testid="RecipientWell"]' },
    {
      name: '~ids',
      seen: '2026-10',
      selector: '[id^="MSG_"][id$="_TO"], [id^="MSG_"][id$="_CC"], [id^="MSG_"][id$="_BCC"]',
    },
  ],
  personas: [
    { name: 'hover-target', seen: '2026-10', selector: '[data-lpc-hover-target-id]' },
    { name: '~hover-class', seen: '2026-08', selector: '.lpc-hoverTarget' },
    { name: '~written', seen: '2026-08', selector: '[title*="@"], [aria-label*="@"]' },
  ],
  subjects: [
    {
      name: 'conversation',
      seen: '2026-10',
      selector: '[role=heading][id^="CONV_"][id$="_SUBJECT"]',
    },
    { name: 'message', seen: '2026-10', selector: '[role=heading][id^="MSG_"][id$="_SUBJECT"]' },
    { name: '~heading', seen: '2026-08', selector: '[role=heading]' },
  ],
  dates: [
    { name: 'time', seen: '2026-10', selector: '[data-testid="SentReceivedSavedTime"]' },
    { name: '~id', seen: '2026-09', selector: '[id^="MSG_"][id$="_DATETIME"]' },
  ],
  bodies,
  composers,
  /** The list prints a name and holds its address in the title, where the open message has a name only. */
  rowPeople: [{ name: 'row', seen: '2026-10', selector: '[title*="@"]', attribute: 'title' }],
  mailboxes: [
    {
      name: 'folder-name',
      seen: '2026-09',
      selector: '[id^="primaryMailboxRoot"][data-folder-name*="@"]',
      attribute: 'data-folder-name',
    },
    {
      name: '~title',
      seen: '2026-09',
      selector: '[id^="primaryMailboxRoot"][title*="@"]',
      attribute: 'title',
    },
  ],
  /** Where the folders are folded away. */
  accounts: [
    {
      name: '~menu',
      seen: '2026-10',
      selector: '#mectrl_currentAccount_secondary',
      attribute: null,
    },
  ],
};

/** The rules for an email that is being written. */
export interface DraftRules {
  readonly composers: readonly Rule[];
  readonly fields: readonly FieldRule[];
  readonly pills: readonly Rule[];
  readonly written: readonly WrittenRule[];
  readonly draftSubjects: readonly Rule[];
  readonly bodies: readonly Rule[];
}

export const draftRules: DraftRules = {
  composers,
  fields: [
    {
      name: 'named',
      seen: '2026-10',
      isNamed: true,
      selector: '[id^="MSG_"][id$="_TO"], [id^="MSG_"][id$="_CC"], [id^="MSG_"][id$="_BCC"]',
    },
    {
      name: '~order',
      seen: '2026-08',
      isNamed: false,
      selector: '[contenteditable=true]:not([aria-multiline=true])',
    },
  ],
  pills: [
    { name: 'entity', seen: '2026-10', selector: '[class*="_EType_RECIPIENT_ENTITY"]' },
    { name: '~persona', seen: '2026-08', selector: '[data-lpc-hover-target-id]' },
    { name: '~draggable', seen: '2026-08', selector: '[draggable=true]' },
  ],
  written,
  draftSubjects: [
    { name: 'id', seen: '2026-10', selector: 'input[id^="MSG_"][id$="_SUBJECT"]' },
    { name: '~length', seen: '2026-08', selector: 'input[maxlength="255"]' },
  ],
  bodies,
};

/** `/mail/inbox/id/AAQk…`, `/mail/0/id/AAQk…`, `/mail/deeplink/read/AAMk…`. */
export const ITEM_IN_PATH = /\/(?:id|read)\/([^/]+)/;
/** A window of its own. */
export const POP_OUT_PATH = /\/(?:deeplink|popout)\//;
/** "Mail - Mira Holt - Outlook": whose mailbox it is, by name or by address. */
export const OWNER_IN_TITLE = / - (.+) - Outlook$/;

/** The selected folder, which tells among several mailboxes whose is shown. */
export const SELECTED_FOLDER = '[role=treeitem][aria-selected=true]';

/** A node that was added and is, or holds, one of these can be a change of thread. */
export const PAINTED =
  '[id^="UniqueMessageBody"], [id^="MSG_"][id$="_FROM"], [id^="CONV_"][id$="_SUBJECT"]';
/** One of these whose attributes change can be a change of thread: what is drawn is used again. */
export const TURNING = '[data-app-section="MailReadCompose"], [id^="MSG_"][id$="_FROM"]';
export const LATE_ATTRIBUTES: string[] = ['id', 'title'];

/** The same for a draft. */
export const PAINTED_AROUND =
  '[id^="docking_InitVisiblePart"], [class*="_EType_RECIPIENT_ENTITY"], [data-lpc-hover-target-id]';
export const TAKEN_AROUND =
  '[class*="_EType_RECIPIENT_ENTITY"], [data-lpc-hover-target-id], [draggable=true]';
