import type { browser } from 'wxt/browser';
import { createCardModel } from '../../features/client-card/model.ts';
import type { ClientCardMessages } from '../../features/client-card/messages.ts';
import { isOrphaned } from '../../messaging/is-orphaned.ts';
import {
  CHANGED_MESSAGE,
  COMMAND_MESSAGE,
  PAGE_MESSAGE,
  PANEL_STARTED,
  SITE_OFF_MESSAGE,
  type PanelEvent,
} from '../../messaging/events.ts';
import { createSend } from '../../messaging/send.ts';
import type { PanelCommand } from '../../panel/body-props.ts';
import { createPageTeller } from '../../panel/tell-page.ts';
import { PANEL } from '../../sites/own-elements.ts';
import { watchPage } from '../../sites/page/watch-page.ts';
import type { ShownPage } from '../../sites/snapshot.ts';
import { isolateKeys } from '../../ui/isolate-keys.ts';
import { effect, signal as createSignal } from '../../ui/signal.ts';
import { createTranslator } from '../../ui/translate.ts';
import { mountHandle } from './mount-handle.tsx';

export interface PageDeps {
  readonly runtime: typeof browser.runtime;
  readonly storage: typeof browser.storage.local;
  readonly window: Window & typeof globalThis;
  readonly signal: AbortSignal;
}

/**
 * Asks whether somebody known is on the page, and until then puts nothing into it. Ends with
 * `signal`, when the site is turned off, and when the extension was updated.
 */
export function startPage({ runtime, storage, window, signal }: PageDeps): void {
  const { document } = window;
  const off = new AbortController();
  const lifetime = AbortSignal.any([signal, off.signal]);
  const element = document.createElement(PANEL);
  // Now, while no script of the page has run that could listen before us.
  isolateKeys(window, element, lifetime);
  const send = createSend<ClientCardMessages>(runtime);
  const model = createCardModel({ send });
  const command = createSignal<PanelCommand | null>(null);
  const teller = createPageTeller(runtime, lifetime);
  let isMounting = false;

  async function mount(): Promise<void> {
    if (isMounting) return;
    isMounting = true;
    const answer = await send(PANEL_STARTED, {});
    if (lifetime.aborted) return;
    if (!answer.ok) {
      isMounting = false;
      return;
    }
    await mountHandle({
      t: createTranslator(answer.value.language),
      styles: answer.value.styles,
      runtime,
      storage,
      window,
      element,
      model,
      command,
      isFollowed: teller.isFollowed,
      signal: lifetime,
    });
  }

  const stopMounting = effect(() => {
    const { kind } = model.view.value;
    if (kind === 'known' || kind === 'profile') void mount();
  });

  const listen = (event: PanelEvent, _: unknown, respond: (page: ShownPage) => void): undefined => {
    if (event?.name === PAGE_MESSAGE) respond(teller.page.value);
    if (event?.name === CHANGED_MESSAGE) {
      // Somebody new may be the one who is on this page.
      if (model.view.value.kind === 'hidden') void model.refresh();
      else model.changed(event.clientIds);
    }
    if (event?.name === COMMAND_MESSAGE) command.value = { name: event.command };
    if (event?.name === SITE_OFF_MESSAGE && isAmong(window.location, event.origins)) off.abort();
  };
  runtime.onMessage.addListener(listen);
  lifetime.addEventListener('abort', () => {
    stopMounting();
    runtime.onMessage?.removeListener(listen);
    element.remove();
  });

  whenParsed(document, lifetime, () =>
    watchPage({
      document,
      window,
      signal: lifetime,
      onState(state) {
        if (isOrphaned(runtime)) return off.abort();
        teller.tell(state);
        void model.show(state);
      },
    }),
  );
}

function whenParsed(document: Document, signal: AbortSignal, run: () => void): void {
  if (document.readyState !== 'loading') return run();
  EventTarget.prototype.addEventListener.call(document, 'DOMContentLoaded', run, {
    once: true,
    signal,
  });
}

/** `https://levi-sons.example/*` is all pages of that host. */
const isAmong = ({ protocol, hostname }: Location, patterns: readonly string[]): boolean =>
  patterns.includes(`${protocol}//${hostname}/*`) || patterns.includes(`${protocol}//*/*`);
