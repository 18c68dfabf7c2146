import { watchAround, type WatchAround } from '../watch-around.ts';
import { watchPage, type WatchOptions } from '../watch-page.ts';
import { readDrafts } from './read-drafts.ts';
import { inspectOutlook } from './read-outlook.ts';
import {
  ITEM_IN_PATH,
  LATE_ATTRIBUTES,
  PAINTED,
  PAINTED_AROUND,
  TAKEN_AROUND,
  TURNING,
} from './selectors.ts';

export const watchOutlook = (options: Omit<WatchOptions, 'page'>): void =>
  watchPage({
    ...options,
    page: {
      inspect: inspectOutlook,
      painted: PAINTED,
      lateAttributes: LATE_ATTRIBUTES,
      turning: TURNING,
      threadAddress: ITEM_IN_PATH,
    },
  });

/** Follows what is written, beside the open thread and in idle time. */
export function watchDrafts(options: Omit<WatchAround, 'page' | 'onLook'>): void {
  watchAround({
    ...options,
    page: {
      painted: PAINTED_AROUND,
      held: PAINTED_AROUND,
      taken: TAKEN_AROUND,
      turning: TURNING,
      late: [],
      drafts: readDrafts,
    },
    onLook: () => {},
  });
}
