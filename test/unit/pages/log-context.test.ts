import { expect, test } from 'vitest';
import { noonOf, toDay } from '../../../shared/rules/days.ts';
import type { Card } from '../../../extension/features/client-card/messages.ts';
import { logContext } from '../../../extension/panel/log-context.ts';
import type { OpenThread } from '../../../extension/sites/snapshot.ts';

const card = { clientId: 'client-1', name: 'Levi', contactId: null } as Card;
const event: OpenThread = {
  host: 'google-calendar',
  account: null,
  layout: 'event',
  threadId: 'e1',
  threadUrl: null,
  subject: 'Phase 2',
  lastMessage: { id: 'e1', from: null, dateText: null },
  people: [],
};

test('an event of an earlier day is logged as a meeting of that day', () => {
  expect(logContext(card, { ...event, day: '2024-02-29' })).toMatchObject({
    subject: 'Phase 2',
    source: 'google-calendar::e1',
    about: { kind: 'meeting', at: noonOf('2024-02-29') },
  });
});

test('today’s event, a later one, and one whose day is unknown are logged now', () => {
  for (const day of [toDay(Date.now()), '2999-01-01', undefined]) {
    const context = logContext(card, day === undefined ? event : { ...event, day });
    expect(context.about).toEqual({ kind: 'meeting', at: null });
  }
});
