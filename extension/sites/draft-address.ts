import type { DraftFields } from './draft.ts';
import * as gmail from './gmail/addresses.ts';
import * as outlook from './outlook/addresses.ts';

/** Where the mailbox of this page opens its own editor with a new draft; Gmail's, where it is none. */
export const draftAddress = (pageUrl: URL, account: string | null, draft: DraftFields): string =>
  pageUrl.hostname.startsWith('outlook.')
    ? outlook.draftAddress(pageUrl, draft)
    : gmail.draftAddress(pageUrl, account, draft);
