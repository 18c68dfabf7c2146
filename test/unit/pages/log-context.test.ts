import { expect, test } from 'vitest';
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

test('a meeting that is logged beside an event is that very one, and of its day', () => {
  expect(logContext(card, { ...event, day: '2024-02-29' })).toMatchObject({
    subject: 'Phase 2',
    source: 'google-calendar::e1',
    about: 'meeting',
    day: '2024-02-29',
  });
});

test('an event whose day is unknown is a meeting all the same', () => {
  expect(logContext(card, event)).toMatchObject({ about: 'meeting', day: undefined });
});
