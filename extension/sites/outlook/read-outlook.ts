import { driftReport } from '../drift-report.ts';
import { anyOf, isFallback } from '../rules.ts';
import type { DriftReport, PageState, Snapshot } from '../snapshot.ts';
import type { Inspection } from '../watch-page.ts';
import { threadAddress } from './addresses.ts';
import { findPane, findThread, type FoundThread } from './find-thread.ts';
import { readAccount } from './read-account.ts';
import { readMessages } from './read-messages.ts';
import { findSenders, readPeople } from './read-people.ts';
import { plainText } from './read-persona.ts';
import { ITEM_IN_PATH, POP_OUT_PATH, threadRules, type ThreadRules } from './selectors.ts';

export const outlookDrift = (missing: readonly string[], root: Element | null): DriftReport =>
  driftReport({ host: 'outlook', missing, root, bodies: anyOf(threadRules.bodies) });

/** Reads what Outlook shows now. Changes nothing and never throws. */
export const readOutlook = (document: Document, url: string, rules?: ThreadRules): PageState =>
  inspectOutlook(document, url, true, rules).state;

/** `mayGuess` allows a pane that has none of the known shapes. */
export function inspectOutlook(
  document: Document,
  url: string,
  mayGuess: boolean,
  rules = threadRules,
): Inspection {
  let pane: Element | null = null;
  try {
    const { pathname } = new URL(url);
    pane = findPane(document, rules);
    const scope = pane ?? (POP_OUT_PATH.test(pathname) ? document.body : null);
    const found = scope && findThread(scope, mayGuess, rules);
    if (found) {
      const snapshot = takeSnapshot(document, new URL(url), scope, found, rules);
      return inspection(snapshot ? { kind: 'thread', snapshot } : unreadable('sender'), found.root);
    }
    // What is written takes the place of what is read.
    const composers = anyOf(rules.composers);
    const isWritten = Boolean(scope?.matches(composers) || scope?.querySelector(composers));
    const isExpected = pane !== null && ITEM_IN_PATH.test(pathname) && !isWritten;
    return inspection(isExpected ? unreadable('thread') : { kind: 'none' });
  } catch {
    return inspection(unreadable('error'));
  }

  function inspection(state: PageState, root: Element | null = null): Inspection {
    return { state, root, views: pane ? [pane] : [], hasStarted: pane !== null };
  }

  function unreadable(missing: string): PageState {
    return { kind: 'unreadable', report: outlookDrift([missing], pane ?? document.body) };
  }
}

function takeSnapshot(
  document: Document,
  url: URL,
  pane: Element,
  { root, layout }: FoundThread,
  rules: ThreadRules,
): Snapshot | null {
  const senders = findSenders(root, rules);
  if (senders.elements.length === 0) return null;
  const account = readAccount(document, rules);
  const thread = readThreadId(document, url, rules);
  const people = readPeople(root, senders.elements, thread.row, account, rules);
  const subject = readSubject(pane, rules);
  const isPopOut = POP_OUT_PATH.test(url.pathname);
  const messages = readMessages(
    {
      root,
      senders: senders.elements,
      addressOf: (sender) => people.addresses.get(sender) ?? null,
      threadId: thread.id,
      itemId: isPopOut || layout.layout === 'single-message' ? itemIn(url) : null,
    },
    rules,
  );
  const isSure =
    account.address !== null &&
    thread.id !== null &&
    !layout.isGuess &&
    !isFallback(senders.via) &&
    messages.last.from !== null;
  return {
    host: 'outlook',
    account: account.address,
    layout: isPopOut ? 'pop-out' : layout.layout,
    threadId: thread.id,
    threadUrl: thread.id === null ? null : threadAddress(url, thread.id),
    subject: subject.text,
    messageIds: messages.ids,
    lastMessage: messages.last,
    people: people.people,
    named: people.named,
    confidence: isSure ? 'high' : 'low',
    via: {
      thread: layout.name,
      threadId: thread.via,
      subject: subject.via,
      sender: senders.via,
      address: people.via.address,
      recipients: people.via.recipients,
      message: messages.via,
      account: account.via,
    },
  };
}

interface FoundId {
  readonly id: string | null;
  /** The line of the list that is open beside the thread. */
  readonly row: Element | null;
  readonly via: string;
}

/** Where several lines are selected none of them is the open one. */
function readThreadId(document: Document, url: URL, { threadIds }: ThreadRules): FoundId {
  for (const { selector, attribute, name } of threadIds) {
    const [row, another] = document.querySelectorAll(selector);
    const id = row?.getAttribute(attribute) ?? '';
    if (row && id !== '' && !another) return { id, row, via: name };
  }
  const id = itemIn(url);
  return { id, row: null, via: id === null ? 'none' : 'path' };
}

function itemIn(url: URL): string | null {
  const item = ITEM_IN_PATH.exec(url.pathname)?.[1];
  return item === undefined ? null : decodeURIComponent(item);
}

function readSubject(
  pane: Element,
  { subjects, bodies, composers }: ThreadRules,
): { readonly text: string; readonly via: string } {
  const elsewhere = anyOf([...bodies, ...composers]);
  for (const { selector, name } of subjects) {
    for (const heading of pane.querySelectorAll(selector)) {
      const text = plainText(heading.getAttribute('title') || heading.textContent);
      if (text !== '' && heading.closest(elsewhere) === null) return { text, via: name };
    }
  }
  return { text: '', via: 'none' };
}
