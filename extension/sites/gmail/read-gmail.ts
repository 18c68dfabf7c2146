import type { PageState, Snapshot } from '../snapshot.ts';
import { driftReport } from './drift-report.ts';
import { findThread, findView, type FoundThread } from './find-thread.ts';
import { readLastMessage } from './read-messages.ts';
import { findSenders, readPeople } from './read-people.ts';
import {
  ACCOUNT_IN_TITLE,
  EMOJI,
  LIST,
  senders,
  subjects,
  THREAD_IN_HASH,
  threadIds,
  VIEW,
} from './selectors.ts';

export interface Inspection {
  readonly state: PageState;
  /** The element that holds the open thread, for the watcher to see it go. */
  readonly root: Element | null;
  /** All views, shown and hidden: one query over the whole document serves for both questions. */
  readonly views: readonly Element[];
  /** Before Gmail has started its body has no class and no view: nothing can be missing yet. */
  readonly hasStarted: boolean;
}

/** Reads what Gmail shows now. Changes nothing and never throws. */
export const readGmail = (document: Document, url: string): PageState =>
  inspectGmail(document, url, true).state;

/**
 * `mayGuess` allows the last resorts for an id that is not painted (yet): a watcher that can wait a
 * little gets the true one.
 */
export function inspectGmail(document: Document, url: string, mayGuess: boolean): Inspection {
  let views: readonly Element[] = [];
  let view: Element | null = null;
  let hasStarted = false;
  try {
    views = [...document.querySelectorAll(VIEW)];
    hasStarted = views.length > 0 || Boolean(document.body?.className);
    view = findView(document, views);
    const found = view && findThread(document, view);
    if (view && found) {
      const snapshot = takeSnapshot(document, new URL(url), view, found, mayGuess);
      return inspection(snapshot ? { kind: 'thread', snapshot } : unreadable('sender'), found.root);
    }
    const isExpected = THREAD_IN_HASH.test(new URL(url).hash) && !view?.querySelector(LIST);
    return inspection(hasStarted && isExpected ? unreadable('thread') : { kind: 'none' });
  } catch {
    return inspection(unreadable('error'));
  }

  function inspection(state: PageState, root: Element | null = null): Inspection {
    return { state, root, views, hasStarted };
  }

  function unreadable(missing: string): PageState {
    return { kind: 'unreadable', report: driftReport([missing], view ?? document.body) };
  }
}

function takeSnapshot(
  document: Document,
  url: URL,
  view: Element,
  { root, layout }: FoundThread,
  mayGuess: boolean,
): Snapshot | null {
  const senderElements = findSenders(root);
  if (senderElements.length === 0) return null;
  const senderRule = senders.find(({ selector }) =>
    senderElements.some((e) => e.matches(selector)),
  );
  const account = readAccount(document);
  const threadId = readThreadId(root, view, url, mayGuess);
  const subject = readSubject(root);
  const messages = readLastMessage(root, senderElements);
  // While the body has no class, Gmail is starting, and what stands in it may go again.
  const isSure =
    account !== null &&
    threadId.isSure &&
    !layout.isGuess &&
    senderRule === senders[0] &&
    document.body.className !== '';
  return {
    host: 'gmail',
    account,
    layout: layout.layout,
    threadId: threadId.id,
    threadUrl: threadId.id === null ? null : threadUrl(url, threadId.id),
    subject: subject.text,
    messageIds: messages.ids,
    lastMessage: messages.last,
    people: readPeople(root, senderElements, account),
    confidence: isSure ? 'high' : 'low',
    via: {
      thread: layout.name,
      threadId: threadId.via,
      subject: subject.via,
      sender: senderRule?.name ?? 'none',
      message: messages.via,
    },
  };
}

/** The title may carry direction marks where the interface runs from right to left. */
export function readAccount(document: Document): string | null {
  const title = document.title.replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '');
  return ACCOUNT_IN_TITLE.exec(title)?.[1]?.toLowerCase() ?? null;
}

interface FoundId {
  readonly id: string | null;
  readonly via: string;
  readonly isSure: boolean;
}

/** An empty attribute, or the word "undefined", is one that has not been painted yet. */
function readThreadId(root: Element, view: Element, url: URL, mayGuess: boolean): FoundId {
  for (const rule of threadIds) {
    if (rule.isLastResort && !mayGuess) continue;
    for (const element of (rule.within === 'view' ? view : root).querySelectorAll(rule.selector)) {
      const id = element.getAttribute(rule.attribute)?.toLowerCase() ?? '';
      if (/^[\da-f]+$/.test(id)) return { id, via: rule.name, isSure: !rule.isLastResort };
    }
  }
  const inHash = THREAD_IN_HASH.exec(url.hash)?.[1] ?? '';
  const isLegacyId = mayGuess && /^[\da-f]{16}$/.test(inHash);
  return { id: isLegacyId ? inHash : null, via: isLegacyId ? 'hash' : 'none', isSure: false };
}

function readSubject(root: Element): { readonly text: string; readonly via: string } {
  for (const { selector, name } of subjects) {
    const element = root.querySelector(selector);
    if (element) return { text: textWithEmoji(element).replace(/\s+/g, ' ').trim(), via: name };
  }
  return { text: '', via: 'none' };
}

function textWithEmoji(element: Element): string {
  let text = '';
  for (const node of element.childNodes) {
    if (!isElement(node)) text += node.nodeType === node.TEXT_NODE ? (node.nodeValue ?? '') : '';
    else
      text += node.matches(EMOJI) ? (node.getAttribute('data-emoji') ?? '') : textWithEmoji(node);
  }
  return text;
}

/** By type, not by class: a node may come from another window than this script. */
export const isElement = (node: Node): node is Element => node.nodeType === node.ELEMENT_NODE;

/** `#all` holds a thread wherever it is filed. The demo's mailbox is served on loopback. */
function threadUrl(url: URL, id: string): string {
  const isLoopback = url.hostname === 'localhost' || url.hostname === '127.0.0.1';
  const origin = isLoopback ? url.origin : 'https://mail.google.com';
  const index = /^\/mail\/u\/(\d+)/.exec(url.pathname)?.[1] ?? '0';
  return `${origin}/mail/u/${index}/#all/${id}`;
}
