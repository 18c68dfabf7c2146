import type { browser } from 'wxt/browser';
import { createMarks } from '../../features/list-marks/model.ts';
import type { ListMarksMessages } from '../../features/list-marks/messages.ts';
import { createSend } from '../../messaging/send.ts';
import { drawMarks, removeMarks } from '../../sites/gmail/draw-marks.ts';
import { findView, findViews } from '../../sites/gmail/find-thread.ts';
import { readAccount } from '../../sites/gmail/read-account.ts';
import { gmailDrift } from '../../sites/gmail/read-gmail.ts';
import { threadRules } from '../../sites/gmail/selectors.ts';
import type { Translator } from '../../ui/translate.ts';
import { placeByDraft, placeByMark, type Viewport } from '../../sites/gmail/place-card.ts';
import { snapshotOfDraft, type Draft } from '../../sites/draft.ts';
import { snapshotOfRow, type ReadList } from '../../sites/gmail/read-list.ts';
import { watchAround } from '../../sites/gmail/watch-around.ts';
import type { DriftReport } from '../../sites/snapshot.ts';
import { watchMarks } from '../../sites/gmail/watch-marks.ts';
import { markLook } from './mark-look.ts';
import type { PanelControls } from '../../panel/panel-controls.ts';
import { watchHealth } from '../../panel/watch-health.ts';
import { directionOf } from '../../sites/dom.ts';

export interface AroundDeps {
  readonly runtime: typeof browser.runtime;
  readonly storage: typeof browser.storage.local;
  readonly document: Document;
  readonly window: Window & typeof globalThis;
  readonly panel: PanelControls;
}

/**
 * Marks in the list, cards for drafts, and what tells that Gmail has changed. It begins when the
 * panel has its words: an open thread waits for none of it.
 */
export async function startAround(deps: AroundDeps): Promise<void> {
  const t = await deps.panel.words;
  if (t && !deps.panel.signal.aborted) follow(t, deps);
}

function follow(t: Translator, { runtime, storage, document, window, panel }: AroundDeps): void {
  const { signal } = panel;
  const marks = createMarks({
    send: createSend<ListMarksMessages>(runtime),
    now: Date.now,
    lookOf: (mark) => markLook(t, mark, Date.now()),
  });
  const report = (missing: readonly string[]): DriftReport => {
    const view = findView(document, findViews(document, threadRules), threadRules);
    return gmailDrift(missing, view ?? document.body);
  };
  const health = watchHealth({ storage, document, window, panel, host: 'gmail', report });
  let draft: Draft | null = null;
  let pick: Element | null = null;

  const around = watchAround({ document, window, signal, onList, onDraft });
  watchMarks({
    document,
    window,
    signal,
    onPick: (mark) => {
      pick = mark;
      showAside();
    },
  });

  panel.listen({
    changed() {
      marks.forget();
      around.look();
    },
  });
  // Nobody answers any more: what stands would grow old.
  signal.addEventListener('abort', () => removeMarks(document));

  function onList({ rows, via }: ReadList): void {
    health.list(via);
    const account = accountOf(document);
    drawMarks(rows, ({ addresses }) => marks.first(addresses, account), around.look);
    const others = rows.flatMap(({ addresses }) => addresses.filter((one) => one !== account));
    void marks.learn(others).then((isNew) => isNew && around.look());
  }

  function onDraft(next: Draft | null): void {
    draft = next;
    if (next) health.draft(next.via);
    void marks.learn(recipients()).then(showAside);
  }

  function recipients(): readonly string[] {
    return draft?.people.map(({ address }) => address) ?? [];
  }

  /** The mark that is pointed at goes before the draft that is written. */
  function showAside(): void {
    const account = accountOf(document);
    const row = pick?.closest('tr');
    if (pick && row) {
      const place = placeByMark(pick.getBoundingClientRect(), viewport(window));
      const snapshot = snapshotOfRow(row, window.location.href, account);
      return panel.showAside({ snapshot, place });
    }
    // Nobody is asked to add somebody in the middle of a sentence.
    if (!draft || !marks.first(recipients(), account)) return panel.showAside(null);
    const box = draft.dialog?.getBoundingClientRect();
    const place = box ? placeByDraft(box, viewport(window)) : null;
    panel.showAside({ snapshot: snapshotOfDraft('gmail', draft, account), place });
  }
}

const accountOf = (document: Document): string | null =>
  readAccount(document, threadRules.accounts).address;

const viewport = (window: Window): Viewport => ({
  width: window.innerWidth,
  height: window.innerHeight,
  isRightToLeft: directionOf(window.document) === 'rtl',
});
