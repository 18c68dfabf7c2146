import * as around from '../watch-around.ts';
import { readDrafts } from './read-drafts.ts';
import { readRows, type ReadList } from './read-list.ts';
import { HELD_AROUND, PAINTED_AROUND } from './selectors.ts';

export interface WatchGmailAround extends Omit<around.WatchAround, 'page' | 'onLook'> {
  /** Every look at the list; the answer is whether it found anything to do. */
  readonly onList: (list: ReadList) => boolean;
}

const gmailAround: around.AroundPage = {
  painted: PAINTED_AROUND,
  held: HELD_AROUND,
  taken: '[role=option]',
  drafts: (document) => readDrafts(document),
};

export const watchAround = ({ onList, ...options }: WatchGmailAround): around.AroundWatch =>
  around.watchAround({
    ...options,
    page: gmailAround,
    onLook: () => onList(readRows(options.document)),
  });
