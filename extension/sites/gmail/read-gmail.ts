import type { DriftReport, PageState, Snapshot } from '../snapshot.ts';
import { driftReport } from '../drift-report.ts';
import { anyOf, isFallback } from '../rules.ts';
import type { Inspection } from '../watch-page.ts';
import { threadAddress } from './addresses.ts';
import { findId } from './find-id.ts';
import { findThread, findView, findViews, type FoundThread } from './find-thread.ts';
import { readAccount } from './read-account.ts';
import { readLastMessage } from './read-messages.ts';
import { findSenders, readPeople } from './read-people.ts';
import { THREAD_IN_HASH, threadRules, type ThreadRules } from './selectors.ts';
import { textWithEmoji } from './text-with-emoji.ts';

export const gmailDrift = (missing: readonly string[], root: Element | null): DriftReport =>
  driftReport({ host: 'gmail', missing, root, bodies: anyOf(threadRules.bodies) });

/** Reads what Gmail shows now. Changes nothing and never throws. */
export const readGmail = (document: Document, url: string, rules?: ThreadRules): PageState =>
  inspectGmail(document, url, true, rules).state;

/**
 * `mayGuess` allows the last resorts for an id that is not painted (yet): a watcher that can wait a
 * little gets the true one.
 */
export function inspectGmail(
  document: Document,
  url: string,
  mayGuess: boolean,
  rules = threadRules,
): Inspection {
  let views: readonly Element[] = [];
  let view: Element | null = null;
  let hasStarted = false;
  try {
    views = findViews(document, rules);
    hasStarted = views.length > 0 || Boolean(document.body?.className);
    view = findView(document, views, rules);
    const found = view && findThread(document, view, rules);
    if (view && found) {
      const snapshot = takeSnapshot(document, new URL(url), view, found, mayGuess, rules);
      return inspection(snapshot ? { kind: 'thread', snapshot } : unreadable('sender'), found.root);
    }
    const isExpected = THREAD_IN_HASH.test(url) && !view?.querySelector(anyOf(rules.lists));
    return inspection(hasStarted && isExpected ? unreadable('thread') : { kind: 'none' });
  } catch {
    return inspection(unreadable('error'));
  }

  function inspection(state: PageState, root: Element | null = null): Inspection {
    return { state, root, views, hasStarted };
  }

  function unreadable(missing: string): PageState {
    return { kind: 'unreadable', report: gmailDrift([missing], view ?? document.body) };
  }
}

function takeSnapshot(
  document: Document,
  url: URL,
  view: Element,
  { root, layout }: FoundThread,
  mayGuess: boolean,
  rules: ThreadRules,
): Snapshot | null {
  const senderElements = findSenders(root, rules);
  if (senderElements.length === 0) return null;
  const sender =
    rules.senders.find(({ selector }) => senderElements.some((e) => e.matches(selector)))?.name ??
    'none';
  const { address: account, via: accountVia } = readAccount(document, rules.accounts);
  const threadId = readThreadId(root, view, url, mayGuess, rules);
  const subject = readSubject(root, rules);
  const messages = readLastMessage(root, senderElements, rules);
  // While the body has no class, Gmail is starting, and what stands in it may go again.
  const isSure =
    account !== null &&
    threadId.isSure &&
    !layout.isGuess &&
    !isFallback(sender) &&
    document.body.className !== '';
  return {
    host: 'gmail',
    account,
    layout: layout.layout,
    threadId: threadId.id,
    threadUrl: threadId.id === null ? null : threadAddress(url, account, threadId.id),
    subject: subject.text,
    messageIds: messages.ids,
    lastMessage: messages.last,
    people: readPeople(root, senderElements, account, rules),
    confidence: isSure ? 'high' : 'low',
    via: {
      thread: layout.name,
      threadId: threadId.via,
      subject: subject.via,
      sender,
      message: messages.via,
      account: accountVia,
    },
  };
}

interface FoundId {
  readonly id: string | null;
  readonly via: string;
  readonly isSure: boolean;
}

function readThreadId(
  root: Element,
  view: Element,
  url: URL,
  mayGuess: boolean,
  { threadIds }: ThreadRules,
): FoundId {
  for (const rule of threadIds) {
    if (rule.isLastResort && !mayGuess) continue;
    const found = findId(rule.within === 'view' ? view : root, [rule]);
    if (found) return { id: found.id, via: rule.name, isSure: !rule.isLastResort };
  }
  const inHash = THREAD_IN_HASH.exec(url.href)?.[1] ?? '';
  const isLegacyId = mayGuess && /^[\da-f]{16}$/.test(inHash);
  return { id: isLegacyId ? inHash : null, via: isLegacyId ? 'hash' : 'none', isSure: false };
}

function readSubject(
  root: Element,
  { subjects, emoji }: ThreadRules,
): { readonly text: string; readonly via: string } {
  for (const { selector, name } of subjects) {
    const element = root.querySelector(selector);
    if (element) return { text: textWithEmoji(element, emoji), via: name };
  }
  return { text: '', via: 'none' };
}
