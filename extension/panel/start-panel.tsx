import { effect, signal as createSignal } from '../ui/signal.ts';
import type { browser } from 'wxt/browser';
import { createCardModel } from '../features/client-card/model.ts';
import type { ClientCardMessages } from '../features/client-card/messages.ts';
import type { QuickLogMessages } from '../features/quick-log/messages.ts';
import { createQuickLog } from '../features/quick-log/model.ts';
import type { PromiseMessages } from '../features/promises/messages.ts';
import type { SyncMessages } from '../features/sync/messages.ts';
import type { TimeMessages } from '../features/time/messages.ts';
import { watchFocus } from '../features/time/watch-focus.ts';
import {
  CHANGED_MESSAGE,
  COMMAND_MESSAGE,
  PAGE_MESSAGE,
  PANEL_STARTED,
  type PanelEvent,
} from '../messaging/events.ts';
import { createSend } from '../messaging/send.ts';
import { keepAwake } from '../messaging/wake.ts';
import type { BodyProps, PanelCommand } from './body-props.ts';
import { fetchedTools } from './panel-tools.ts';
import { createPageTeller } from './tell-page.ts';
import type { DraftFields } from '../sites/draft.ts';
import type { DriftReport, PageState, ShownPage } from '../sites/snapshot.ts';
import { isolateKeys } from '../ui/isolate-keys.ts';
import { createTranslator, type Translator } from '../ui/translate.ts';
import { readCollapsed, writeCollapsed } from './collapsed.ts';
import { Panel } from './Panel.tsx';
import { createHost } from './host.ts';
import { directionOf } from '../sites/dom.ts';
import type { Aside, PanelControls, PanelEvents } from './panel-controls.ts';

export interface PanelDeps {
  readonly runtime: typeof browser.runtime;
  readonly storage: typeof browser.storage.local;
  readonly window: Window & typeof globalThis;
  readonly signal: AbortSignal;
  readonly watch: (
    onState: (state: PageState) => void,
    onDrift: (report: DriftReport) => void,
    signal: AbortSignal,
  ) => void;
  readonly askWho?: BodyProps['askWho'];
  /** Says who is about to be opened, where a host can tell. */
  readonly foresee?: (onPerson: (address: string) => void, signal: AbortSignal) => void;
}

const ORPHAN_CHECK_MS = 5000;

/** Puts the panel's parts together in a host page; everything ends with `signal`. */
export function startPanel({
  runtime,
  storage,
  window,
  signal,
  watch,
  foresee,
  askWho,
}: PanelDeps): PanelControls {
  const alive = new AbortController();
  const lifetime = AbortSignal.any([signal, alive.signal]);
  const host = createHost(window.document);
  isolateKeys(window, host.element, lifetime);
  const send = createSend<ClientCardMessages>(runtime);
  const sendTime = createSend<TimeMessages>(runtime);
  const sendPromise = createSend<PromiseMessages>(runtime);
  const tools = fetchedTools(sendPromise);
  const model = createCardModel({ send });
  const command = createSignal<PanelCommand | null>(null);
  const teller = createPageTeller(runtime, lifetime);
  const place = createSignal<string | null>(null);
  const listeners: Partial<PanelEvents>[] = [];
  let page: PageState = { kind: 'none' };
  let aside: Aside | null = null;
  const minutes = createSignal(0);
  const focus = watchFocus({
    window,
    send: sendTime,
    signal: lifetime,
    onMinutes: (told) => {
      minutes.value = told;
    },
  });

  async function show(): Promise<void> {
    await started;
    const shown = aside;
    await model.show(shown ? { kind: 'thread', snapshot: shown.snapshot } : page);
    // With its card and not before: the card that stands meanwhile is another's.
    if (shown === aside) place.value = shown?.place ?? null;
  }

  function openDraft(fields: DraftFields): void {
    const account = model.snapshot.value?.account ?? null;
    const pageUrl = new URL(window.location.href);
    const address = globalThis.mainstayTools?.draftAddress(pageUrl, account, fields);
    if (address) window.open(address, '_blank', 'noopener');
  }

  async function start(): Promise<Translator | null> {
    const [answer, isCollapsed] = await Promise.all([
      send(PANEL_STARTED, {}),
      readCollapsed(storage, window.innerWidth),
    ]);
    if (!answer.ok || lifetime.aborted) return null;
    const t = createTranslator(answer.value.language);
    const quickLog = createQuickLog({
      send: createSend<QuickLogMessages>(runtime),
      undoneWords: t.text('undone'),
      savedWords: t.text('saved'),
      onChanged: () => {
        void model.refresh();
        focus.ask();
      },
    });
    host.render(
      <Panel
        t={t}
        model={model}
        quickLog={quickLog}
        command={command}
        onCommandDone={() => {
          command.value = null;
        }}
        now={Date.now}
        hasKeys
        pageDirection={() => directionOf(window.document)}
        startsCollapsed={isCollapsed}
        isFollowed={teller.isFollowed}
        onCollapse={(collapsed) => void writeCollapsed(storage, collapsed)}
        sendSync={createSend<SyncMessages>(runtime)}
        drawPart={tools.drawPart}
        promises={{ send: sendPromise, openSheet: tools.openSheet, canSelect: true }}
        time={{ minutes, send: sendTime, onRecorded: () => focus.ask() }}
        onReload={() => window.location.reload()}
        place={place}
        onLeaveAside={() => showAside(null)}
        openDraft={openDraft}
        askWho={askWho}
      />,
      answer.value.styles,
    );
    return t;
  }

  function showAside(next: Aside | null): void {
    if (next === aside) return;
    aside = next;
    void show();
  }

  effect(() => {
    const { value: view } = model.view;
    if (view.kind !== 'hidden') host.attach();
    // While the next card is on its way, the one before is still being looked at. Whom a list is
    // pointed at, one looks at for a moment only.
    if (view.kind !== 'loading')
      focus.show(view.kind === 'known' && !aside ? view.answer.card.clientId : null);
  });
  const started = start();
  foresee?.((address) => model.foresee(address), lifetime);
  keepAwake(runtime, window, lifetime);
  watch(
    (state) => {
      page = state;
      teller.tell(state);
      if (!aside) void show();
      for (const each of listeners) each.state?.(state);
    },
    (report) => {
      for (const each of listeners) each.drift?.(report);
    },
    lifetime,
  );

  const listen = (event: PanelEvent, _: unknown, respond: (page: ShownPage) => void): undefined => {
    if (event?.name === PAGE_MESSAGE) respond(teller.page.value);
    if (event?.name === CHANGED_MESSAGE) {
      model.changed(event.clientIds);
      for (const each of listeners) each.changed?.();
    }
    if (event?.name === COMMAND_MESSAGE) command.value = { name: event.command };
  };
  runtime.onMessage.addListener(listen);
  // After an update of the extension this script is an orphan: it stops, and says so once.
  const check = setInterval(() => {
    if (runtime.id) return;
    alive.abort();
    model.orphaned();
  }, ORPHAN_CHECK_MS);
  lifetime.addEventListener('abort', () => clearInterval(check));
  signal.addEventListener('abort', () => {
    runtime.onMessage?.removeListener(listen);
    if (runtime.id) host.remove();
    else model.orphaned();
  });
  return {
    words: started,
    signal: lifetime,
    showAside,
    listen(events) {
      listeners.push(events);
      events.state?.(page);
    },
  };
}
