import { readDrafts } from '../../../extension/sites/gmail/read-drafts.ts';
import { readGmail } from '../../../extension/sites/gmail/read-gmail.ts';
import { readRows, snapshotOfRow } from '../../../extension/sites/gmail/read-list.ts';
import {
  aroundRules,
  threadRules,
  type AroundRules,
  type ThreadRules,
} from '../../../extension/sites/gmail/selectors.ts';
import type { Person } from '../../../extension/sites/snapshot.ts';

export interface GmailRules {
  readonly thread: ThreadRules;
  readonly around: AroundRules;
}

export const gmailRules: GmailRules = { thread: threadRules, around: aroundRules };

const URL_OF_PAGE = 'https://mail.google.com/mail/u/0/#inbox/FMfcgzQcqwRtBvKdLmNpQrStVwXzBcDf';

const words = ({ address, name, role }: Person): string => `${role} ${address} ${name}`.trim();

/** All that the adapter says of a page, short enough to be kept beside the fixture and read. */
export function readAll(document: Document, rules: GmailRules): unknown {
  const state = readGmail(document, URL_OF_PAGE, rules.thread);
  const rows = readRows(document, rules.around).rows.map((row) => {
    const snapshot = snapshotOfRow(row.element, URL_OF_PAGE, null, rules.around);
    const isFound =
      row.addresses.length === snapshot.people.length && row.element.contains(row.cell);
    return [snapshot.threadId, snapshot.subject, isFound, snapshot.people.map(words)];
  });
  const drafts = readDrafts(document, rules.around).map(({ dialog, subject, people }) =>
    [dialog ? 'window' : 'in the page', subject].concat(people.map(words)),
  );
  const around = { ...(rows.length > 0 && { rows }), ...(drafts.length > 0 && { drafts }) };
  if (state.kind === 'none') return { kind: 'none', ...around };
  if (state.kind === 'unreadable') {
    return { kind: 'unreadable', missing: state.report.missing, ...around };
  }
  const { account, layout, threadId, subject, messageIds, lastMessage, people, confidence } =
    state.snapshot;
  return {
    kind: layout,
    account,
    threadId,
    subject,
    messageIds,
    last: Object.values(lastMessage ?? {}),
    people: people.map(words),
    confidence,
    ...around,
  };
}

/** Each rule by question and name, and the rules as they would be without it. */
export function eachRuleLeftOut(): readonly {
  readonly question: string;
  readonly name: string;
  readonly rules: GmailRules;
}[] {
  return (['thread', 'around'] as const).flatMap((part) =>
    Object.entries(gmailRules[part]).flatMap(([question, list]: [string, readonly Named[]]) =>
      list.map(({ name }) => ({
        question: `${part}.${question}`,
        name,
        rules: {
          ...gmailRules,
          [part]: { ...gmailRules[part], [question]: list.filter((rule) => rule.name !== name) },
        },
      })),
    ),
  );
}

interface Named {
  readonly name: string;
}
