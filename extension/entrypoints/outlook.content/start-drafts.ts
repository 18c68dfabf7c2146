import type { browser } from 'wxt/browser';
import { createMarks } from '../../features/list-marks/model.ts';
import type { ListMarksMessages } from '../../features/list-marks/messages.ts';
import { createSend } from '../../messaging/send.ts';
import type { PanelControls } from '../../panel/panel-controls.ts';
import { watchHealth } from '../../panel/watch-health.ts';
import { snapshotOfDraft, type Draft } from '../../sites/draft.ts';
import { findPane } from '../../sites/outlook/find-thread.ts';
import { readAccount } from '../../sites/outlook/read-account.ts';
import { outlookDrift } from '../../sites/outlook/read-outlook.ts';
import { threadRules } from '../../sites/outlook/selectors.ts';
import { watchDrafts } from '../../sites/outlook/watch-outlook.ts';

export interface DraftDeps {
  readonly runtime: typeof browser.runtime;
  readonly storage: typeof browser.storage.local;
  readonly document: Document;
  readonly window: Window & typeof globalThis;
  readonly panel: PanelControls;
}

/** Cards for drafts, and what tells that Outlook has changed; an open thread waits for neither. */
export async function startDrafts(deps: DraftDeps): Promise<void> {
  const t = await deps.panel.words;
  if (t && !deps.panel.signal.aborted) follow(deps);
}

function follow({ runtime, storage, document, window, panel }: DraftDeps): void {
  const { signal } = panel;
  const marks = createMarks({
    send: createSend<ListMarksMessages>(runtime),
    now: Date.now,
    lookOf: (mark) => mark,
  });
  const health = watchHealth({
    storage,
    document,
    window,
    panel,
    host: 'outlook',
    report: (missing) => outlookDrift(missing, findPane(document, threadRules) ?? document.body),
  });
  let draft: Draft | null = null;
  watchDrafts({ document, window, signal, onDraft });
  panel.listen({
    changed() {
      marks.forget();
      onDraft(draft);
    },
  });

  function onDraft(next: Draft | null): void {
    draft = next;
    if (next) health.draft(next.via);
    const addresses = next?.people.map(({ address }) => address) ?? [];
    void marks.learn(addresses).then(() => next === draft && show(addresses));
  }

  function show(addresses: readonly string[]): void {
    const account = readAccount(document, threadRules).address;
    // Nobody is asked to add somebody in the middle of a sentence.
    if (!draft || !marks.first(addresses, account)) return panel.showAside(null);
    panel.showAside({ snapshot: snapshotOfDraft('outlook', draft, account), place: null });
  }
}
