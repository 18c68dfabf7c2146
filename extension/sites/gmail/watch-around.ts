import * as around from '../watch-around.ts';
import { isElement } from '../dom.ts';
import { MARK } from '../own-elements.ts';
import { anyOf } from '../rules.ts';
import { readDrafts } from './read-drafts.ts';
import { readRows, type ListRow, type ReadList } from './read-list.ts';
import { aroundRules, HELD_AROUND, LIST_ROW, PAINTED_AROUND, TAKEN_AROUND } from './selectors.ts';

export interface WatchGmailAround extends Omit<around.WatchAround, 'page' | 'onLook'> {
  /** Every look at the list. */
  readonly onList: (list: ReadList) => void;
}

/** Each row is read once, and again when something in it has changed. */
export function watchAround({ onList, ...options }: WatchGmailAround): around.AroundWatch {
  let known = new WeakMap<Element, ListRow>();
  let table: Node | null = null;
  return around.watchAround({
    ...options,
    page: {
      painted: PAINTED_AROUND,
      held: HELD_AROUND,
      taken: TAKEN_AROUND,
      turning: anyOf(aroundRules.views),
      late: ['email'],
      drafts: readDrafts,
      onChange({ target, addedNodes }) {
        // Our own mark changes nothing that was read.
        if (target === table || !isElement(target)) return;
        if (addedNodes[0]?.nodeName.toLowerCase() === MARK) return;
        const row = target.closest(LIST_ROW);
        if (row) known.delete(row);
        // Rows come and go by the hundred: that none holds what they stand in is found once.
        else table = target;
      },
      onMissed() {
        known = new WeakMap();
      },
    },
    onLook(views) {
      table = null;
      onList(readRows(options.document, aroundRules, known, views));
    },
  });
}
