import { effect, signal as createSignal } from '../../ui/signal.ts';
import type { browser } from 'wxt/browser';
import { createCardModel } from '../../features/client-card/model.ts';
import type { ClientCardMessages } from '../../features/client-card/messages.ts';
import type { QuickLogMessages } from '../../features/quick-log/messages.ts';
import { createQuickLog } from '../../features/quick-log/model.ts';
import type { PromiseMessages } from '../../features/promises/messages.ts';
import type { SyncMessages } from '../../features/sync/messages.ts';
import type { TimeMessages } from '../../features/time/messages.ts';
import { watchFocus } from '../../features/time/watch-focus.ts';
import { CHANGED_MESSAGE, COMMAND_MESSAGE, type PanelEvent } from '../../messaging/events.ts';
import { createSend } from '../../messaging/send.ts';
import { keepAwake } from '../../messaging/wake.ts';
import type { PageState } from '../../sites/snapshot.ts';
import { isolateKeys } from '../../ui/isolate-keys.ts';
import { createTranslator } from '../../ui/translate.ts';
import { readCollapsed, writeCollapsed } from './collapsed.ts';
import { Panel } from './Panel.tsx';
import type { PanelCommand } from './panel-props.ts';
import { createHost } from './host.ts';

export interface PanelDeps {
  readonly runtime: typeof browser.runtime;
  readonly storage: typeof browser.storage.local;
  readonly window: Window & typeof globalThis;
  readonly signal: AbortSignal;
  readonly watch: (onState: (state: PageState) => void, signal: AbortSignal) => void;
  readonly foresee: (onPerson: (address: string) => void, signal: AbortSignal) => void;
}

const ORPHAN_CHECK_MS = 5000;

/** Puts the panel's parts together in a host page; everything ends with `signal`. */
export function startPanel({ runtime, storage, window, signal, watch, foresee }: PanelDeps): void {
  const alive = new AbortController();
  const lifetime = AbortSignal.any([signal, alive.signal]);
  const host = createHost(window.document);
  isolateKeys(window, host.element, lifetime);
  const send = createSend<ClientCardMessages>(runtime);
  const sendTime = createSend<TimeMessages>(runtime);
  const model = createCardModel({ send });
  const command = createSignal<PanelCommand | null>(null);
  const minutes = createSignal(0);
  const focus = watchFocus({
    window,
    send: sendTime,
    signal: lifetime,
    onMinutes: (told) => {
      minutes.value = told;
    },
  });

  async function show(state: PageState): Promise<void> {
    await started;
    await model.show(state);
  }

  async function start(): Promise<void> {
    const [answer, isCollapsed] = await Promise.all([
      send('panel.start', {}),
      readCollapsed(storage, window.innerWidth),
    ]);
    if (!answer.ok || lifetime.aborted) return;
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
        pageDirection={() => directionOfPage(window.document)}
        startsCollapsed={isCollapsed}
        onCollapse={(collapsed) => void writeCollapsed(storage, collapsed)}
        sendSync={createSend<SyncMessages>(runtime)}
        sendPromise={createSend<PromiseMessages>(runtime)}
        sendTime={sendTime}
        onRecorded={() => focus.ask()}
        minutes={minutes}
        onReload={() => window.location.reload()}
      />,
    );
  }

  effect(() => {
    const { value: view } = model.view;
    if (view.kind !== 'hidden') host.attach();
    // While the next card is on its way, the one before is still being looked at.
    if (view.kind !== 'loading')
      focus.show(view.kind === 'known' ? view.answer.card.clientId : null);
  });
  const started = start();
  watch((state) => void show(state), lifetime);
  foresee((address) => model.foresee(address), lifetime);
  keepAwake(runtime, window, lifetime);

  const listen = (event: PanelEvent): undefined => {
    if (event?.name === CHANGED_MESSAGE) model.changed(event.clientIds);
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
}

const directionOfPage = (document: Document): 'ltr' | 'rtl' =>
  getComputedStyle(document.body).direction === 'rtl' ? 'rtl' : 'ltr';
