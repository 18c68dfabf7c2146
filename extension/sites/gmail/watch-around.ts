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
  return around.watchAround({
    ...options,
    page: {
      painted: PAINTED_AROUND,
      held: HELD_AROUND,
      taken: TAKEN_AROUND,
      turning: anyOf(aroundRules.views),
      late: ['email'],
      drafts: (document) => readDrafts(document),
      onChange({ target, addedNodes }) {
        // Our own mark changes nothing that was read.
        if (!isElement(target) || addedNodes[0]?.nodeName.toLowerCase() === MARK) return;
        known.delete(target.closest(LIST_ROW) ?? target);
      },
      onMissed() {
        known = new WeakMap();
      },
    },
    onLook: (views) => onList(readRows(options.document, aroundRules, known, views)),
  });
}
