import type { DemoThread } from '../types.ts';
import { chrome } from './chrome.ts';
import { composeView, openComposeWindow } from './compose-view.ts';
import { h } from './dom.ts';
import { listView } from './list-view.ts';
import { paneView, showInPane } from './pane-view.ts';
import { isUnread, readState, threadsIn } from './mailbox-state.ts';
import { startNoise } from './noise.ts';
import { listenForShortcuts } from './shortcuts.ts';
import { threadView } from './thread-view.ts';
import { showToast } from './toast.ts';

/** Views that were left stay in the document, hidden, as Gmail keeps them: several `[role=main]`. */
const KEPT_VIEWS = 4;
const EMPTY_DRAFT = { to: '', subject: '', body: '' };

interface Route {
  readonly folder: string;
  readonly query: string;
  readonly threadId: string | null;
}

const state = readState();
const { pane, popOutId } = state.arrangement;
const views = new Map<string, HTMLElement>();
let selected = -1;

const frame = chrome(state, {
  onCompose: () => openComposeWindow(state, EMPTY_DRAFT),
  onFolder: (folder) => go({ folder, query: '', threadId: null }),
  onSearch: (query) => go({ folder: 'search', query, threadId: null }),
});

function readRoute(): Route {
  const [folder = 'inbox', ...rest] = location.hash.slice(1).split('/').map(decodeURIComponent);
  const query = folder === 'search' ? (rest.shift() ?? '') : '';
  return { folder: folder === '' ? 'inbox' : folder, query, threadId: rest[0] ?? null };
}

function go({ folder, query, threadId }: Route): void {
  const parts = [folder, ...(folder === 'search' ? [query] : []), ...(threadId ? [threadId] : [])];
  location.hash = parts.map(encodeURIComponent).join('/');
}

function show(): void {
  const route = readRoute();
  const key = pane ? `${route.folder}/${route.query}` : location.hash;
  const thread = state.data.threads.find(({ id }) => id === route.threadId);
  if (thread) state.read.add(thread.id);
  // A list is drawn anew (what was read or archived has changed), a thread comes back as it was.
  if (!route.threadId) {
    views.get(key)?.remove();
    views.delete(key);
  }
  const view = views.get(key) ?? newView(route, thread);
  views.delete(key);
  views.set(key, view);
  if (pane) showInPane(view, thread, thread ? threadView(state, thread, threadHooks) : null);
  for (const other of views.values()) if (other !== view) other.style.display = 'none';
  view.style.display = '';
  if (!view.isConnected) frame.stage.append(view);
  for (const [oldKey, old] of [...views].slice(0, -KEPT_VIEWS)) {
    old.remove();
    views.delete(oldKey);
  }
  selected = -1;
  document.title = `${titleOf(route, thread)} - ${state.data.account} - Gmail`;
  frame.update(route.folder);
}

function newView(route: Route, thread: DemoThread | undefined): HTMLElement {
  const view = h('div', { class: 'nH', role: 'main' });
  if (thread && !pane) {
    view.append(threadView(state, thread, threadHooks));
  } else if (route.threadId && !thread) {
    view.append(h('p', { class: 'empty' }, state.words.missing));
  } else {
    const list = listView(state, route.folder, route.query, {
      onOpen: (threadId) => go({ ...readRoute(), threadId }),
    });
    view.append(pane ? paneView(state, list) : list);
  }
  return view;
}

function titleOf(route: Route, thread: DemoThread | undefined): string {
  if (thread) return thread.subject;
  if (route.folder === 'sent') return state.words.sent;
  if (route.folder === 'all') return state.words.all;
  if (route.folder === 'search') return state.words.search;
  const unread = threadsIn(state, 'inbox', '').filter((one) => isUnread(state, one)).length;
  return unread > 0 ? `${state.words.inbox} (${unread})` : state.words.inbox;
}

const threadHooks = {
  onBack: () => back(),
  onArchive: () => archive(),
  onReply: () => reply(),
};
const back = (): void => go({ ...readRoute(), threadId: null });

function archive(): void {
  const id = readRoute().threadId ?? rows()[selected]?.querySelector(THREAD_ID)?.getAttribute(ID);
  if (!id) return;
  state.archived.add(id);
  showToast(state.words.archived);
  if (readRoute().threadId) back();
  else show();
}

function reply(): void {
  const place = (shownView() ?? document).querySelector('.ip');
  if (!place || place.childElementCount > 0) return;
  const threadId = popOutId ?? readRoute().threadId;
  const last = state.data.threads.find(({ id }) => id === threadId)?.messages.at(-1);
  const to = last?.from.address === state.data.account ? last.to[0] : last?.from;
  place.append(composeView(state, { ...EMPTY_DRAFT, to: to?.address ?? '' }));
  place.querySelector<HTMLElement>('[contenteditable]')?.focus();
}

const ID = 'data-legacy-thread-id';
const THREAD_ID = `[${ID}]`;
const shownView = (): HTMLElement | undefined =>
  [...views.values()].find((view) => view.style.display !== 'none');
const rows = (): readonly Element[] => [...(shownView()?.querySelectorAll('tr.zA') ?? [])];

/** In a list the mark moves; in a thread the next or previous thread opens. */
function move(step: 1 | -1): void {
  const route = readRoute();
  if (route.threadId) {
    const threads = threadsIn(state, route.folder, route.query);
    const index = threads.findIndex(({ id }) => id === route.threadId);
    const next = threads[index + step];
    if (next) go({ ...route, threadId: next.id });
    return;
  }
  rows()[selected]?.classList.remove('aps');
  selected = Math.max(0, Math.min(rows().length - 1, selected + step));
  const row = rows()[selected];
  row?.classList.add('aps');
  if (row instanceof HTMLElement) row.focus();
}

function start(): void {
  const query = new URLSearchParams(location.search);
  if (popOutId !== null) return popOut(popOutId);
  document.body.append(frame.root);
  // Gmail's body is without a class until the application has started.
  document.body.className = 'aAU';
  if (query.get('view') === 'cm') {
    const draft = {
      to: query.get('to') ?? '',
      subject: query.get('su') ?? '',
      body: query.get('body') ?? '',
    };
    const view = h('div', { class: 'nH', role: 'main' }, composeView(state, draft));
    views.set('compose', view);
    frame.stage.append(view);
    document.title = `${state.words.newMessage} - ${state.data.account} - Gmail`;
  } else {
    show();
  }
  window.addEventListener('hashchange', show);
  listenForShortcuts({
    onCompose: () => openComposeWindow(state, EMPTY_DRAFT),
    onReply: reply,
    onArchive: archive,
    onNext: () => move(1),
    onPrevious: () => move(-1),
    onOpen: () => {
      const row = rows()[selected];
      if (row instanceof HTMLElement) row.click();
    },
    onBack: back,
    onSearch: () => frame.search.focus(),
  });
  startNoise(frame.stage);
}

/** A thread in a window of its own: no landmark, no list, and the body's classes say so. */
function popOut(id: string): void {
  const thread = state.data.threads.find((each) => each.id === id);
  document.body.className = 'xE xp';
  if (!thread) return;
  document.title = `${thread.subject} - ${state.data.account} - Gmail`;
  document.body.append(h('div', { class: 'nH' }, threadView(state, thread, threadHooks)));
}

start();
