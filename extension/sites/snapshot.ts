/** What an adapter read off a host page. Plain data: it goes to the background and is checked there. */
export interface Person {
  /** Lower case. */
  readonly address: string;
  readonly name: string;
  readonly role: 'sender' | 'recipient' | 'cc' | 'mentioned';
}

/** Of whom the page gives a name and no address. */
export interface NamedPerson {
  readonly name: string;
  readonly role: Person['role'];
}

export type SiteName =
  | 'gmail'
  | 'outlook'
  | 'linkedin'
  | 'google-calendar'
  | 'google-contacts'
  | 'help-desk'
  | 'web';

/** What tells who a page is about where it gives no address, or beside one. */
export interface Clues {
  /** As `shared/rules/profile.ts` writes them. */
  readonly profiles: readonly string[];
  /** As the page writes them. */
  readonly phones: readonly string[];
  /** The page's own host name, where that can be a client's. */
  readonly domain: string | null;
}

export interface Snapshot {
  readonly host: SiteName;
  /** The signed-in address, or null while the page does not say. */
  readonly account: string | null;
  /** What the layout is: `thread`, `single-message`, `reading-pane`, `list`, `draft` … */
  readonly layout: string;
  readonly threadId: string | null;
  readonly threadUrl: string | null;
  readonly subject: string;
  /** Of the messages shown in full, oldest first. */
  readonly messageIds?: readonly string[];
  /** Of the last message that is shown expanded, or of the last one: what one click would log. */
  readonly lastMessage: {
    readonly id: string | null;
    readonly from: string | null;
    /** The page's own, localised words for the date; never parsed blindly. */
    readonly dateText: string | null;
  } | null;
  /** Each address once, senders first, in the order of the page. Includes the account's own. */
  readonly people: readonly Person[];
  /** Who is not among `people`, since an address is missing; each name once, without one's own. */
  readonly named?: readonly NamedPerson[] | undefined;
  readonly clues?: Clues;
  /** Of the one person whom the page is about, where it tells a name but no address. */
  readonly personName?: string;
  /** The local day (YYYY-MM-DD) of what the page is about, such as an event; absent where unknown. */
  readonly day?: string;
  readonly confidence: 'high' | 'low';
  /** Which rule matched, by question: `{ thread: 'full-thread-2023', sender: 'gD' }`. */
  readonly via: Readonly<Record<string, string>>;
}

/** What an open thread is to the rest of the extension, whatever the host. */
export type OpenThread = { readonly host: string } & Pick<
  Snapshot,
  | 'account'
  | 'layout'
  | 'threadId'
  | 'threadUrl'
  | 'subject'
  | 'lastMessage'
  | 'people'
  | 'named'
  | 'clues'
  | 'personName'
  | 'day'
>;

/** What a tab shows: what its content script tells of the page, without what only adapters need. */
export type ShownPage =
  | { readonly kind: 'thread'; readonly snapshot: OpenThread }
  | { readonly kind: 'none' }
  | { readonly kind: 'unreadable' };

/** What the watcher says of the page: a thread, none open, or one that cannot be read. */
export type PageState =
  | { readonly kind: 'thread'; readonly snapshot: Snapshot }
  | { readonly kind: 'none' }
  | { readonly kind: 'unreadable'; readonly report: DriftReport };

/** Structure only (tag and attribute names), never text. */
export interface DriftReport {
  readonly host: string;
  readonly missing: readonly string[];
  readonly structure: readonly string[];
}
