import { anyOf } from '../rules.ts';
import { watchPage, type WatchedPage, type WatchOptions } from '../watch-page.ts';
import { inspectGmail } from './read-gmail.ts';
import { LATE_ATTRIBUTES, PAINTED, THREAD_IN_HASH, threadRules } from './selectors.ts';

const gmailPage: WatchedPage = {
  inspect: inspectGmail,
  painted: PAINTED,
  lateAttributes: LATE_ATTRIBUTES,
  // Views are shown and hidden by their style.
  turning: anyOf(threadRules.views),
  threadAddress: THREAD_IN_HASH,
};

export const watchGmail = (options: Omit<WatchOptions, 'page'>): void =>
  watchPage({ ...options, page: gmailPage });
