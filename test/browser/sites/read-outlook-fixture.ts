import { readDrafts } from '../../../extension/sites/outlook/read-drafts.ts';
import { readOutlook } from '../../../extension/sites/outlook/read-outlook.ts';
import {
  draftRules,
  threadRules,
  type DraftRules,
  type ThreadRules,
} from '../../../extension/sites/outlook/selectors.ts';
import type { Named } from '../../../extension/sites/rules.ts';
import type { NamedPerson, Person } from '../../../extension/sites/snapshot.ts';

export interface OutlookRules {
  readonly thread: ThreadRules;
  readonly draft: DraftRules;
}

export const outlookRules: OutlookRules = { thread: threadRules, draft: draftRules };

/** Where a fixture does not say its own: a conversation that is not the selected one. */
const URL_OF_PAGE = 'https://outlook.office.com/mail/inbox/id/AAQkAGYxLTAwMDkAEAPATH0009%3D';

export const urlOf = (document: Document): string =>
  document.querySelector<HTMLLinkElement>('link[rel=canonical]')?.href ?? URL_OF_PAGE;

const words = ({ address, name, role }: Person): string => `${role} ${address} ${name}`.trim();
const nameWords = ({ name, role }: NamedPerson): string => `${role} ${name}`;

/** All that the adapter says of a page, short enough to be kept beside the fixture and read. */
export function readAll(document: Document, rules: OutlookRules): unknown {
  const state = readOutlook(document, urlOf(document), rules.thread);
  const drafts = readDrafts(document, rules.draft).map(({ dialog, subject, people }) =>
    [dialog ? 'window' : 'in the page', subject].concat(people.map(words)),
  );
  const around = drafts.length > 0 ? { drafts } : {};
  if (state.kind === 'none') return { kind: 'none', ...around };
  if (state.kind === 'unreadable') {
    return { kind: 'unreadable', missing: state.report.missing, ...around };
  }
  const { account, layout, threadId, threadUrl, subject, messageIds } = state.snapshot;
  const { lastMessage, people, named, confidence } = state.snapshot;
  return {
    kind: layout,
    account,
    threadId,
    threadUrl,
    subject,
    messageIds,
    last: Object.values(lastMessage ?? {}),
    people: people.map(words),
    named: named?.map(nameWords),
    confidence,
    ...around,
  };
}

/** Each rule by question and name, and the rules as they would be without it. */
export function eachRuleLeftOut(): readonly {
  readonly question: string;
  readonly name: string;
  readonly rules: OutlookRules;
}[] {
  return (['thread', 'draft'] as const).flatMap((part) =>
    Object.entries(outlookRules[part]).flatMap(([question, list]: [string, readonly Named[]]) =>
      list.map(({ name }) => ({
        question: `${part}.${question}`,
        name,
        rules: {
          ...outlookRules,
          [part]: { ...outlookRules[part], [question]: list.filter((rule) => rule.name !== name) },
        },
      })),
    ),
  );
}
