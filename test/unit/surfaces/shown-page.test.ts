import { describe, expect, it } from 'vitest';
import { parseShownPage } from '../../../extension/messaging/shown-page.ts';

const snapshot = {
  host: 'gmail',
  account: 'me@mine.example',
  layout: 'thread',
  threadId: 't1',
  threadUrl: 'https://mail.google.com/mail/u/0/#all/t1',
  subject: 'Quote',
  lastMessage: { id: 'm1', from: 'noa@levi.example', dateText: '12 Nov' },
  people: [{ address: 'noa@levi.example', name: 'Noa', role: 'sender' }],
};

describe('what a content script tells of its page', () => {
  it('is a thread with its people, without what only the adapter needs', () => {
    const told = { kind: 'thread', snapshot: { ...snapshot, via: { thread: 'x' } } };
    expect(parseShownPage(told)).toEqual({ kind: 'thread', snapshot });
  });

  it('is of any host', () => {
    const told = { kind: 'thread', snapshot: { ...snapshot, host: 'outlook' } };
    expect(parseShownPage(told)).toMatchObject({ snapshot: { host: 'outlook' } });
  });

  it('names who has no address', () => {
    const named = [{ name: 'Anna Virtanen', role: 'sender' }];
    const told = { kind: 'thread', snapshot: { ...snapshot, named } };
    expect(parseShownPage(told)).toMatchObject({ snapshot: { named } });
  });

  it('is nothing, or a page that cannot be read', () => {
    expect(parseShownPage({ kind: 'none' })).toEqual({ kind: 'none' });
    expect(parseShownPage({ kind: 'unreadable', report: {} })).toEqual({ kind: 'unreadable' });
  });

  it('is cut to a size that a page of ours can show', () => {
    const people = Array.from({ length: 5000 }, () => snapshot.people[0]);
    const told = { kind: 'thread', snapshot: { ...snapshot, people, subject: 'x'.repeat(1e6) } };
    const page = parseShownPage(told);
    expect(page.kind === 'thread' && page.snapshot.people.length).toBe(500);
    expect(page.kind === 'thread' && page.snapshot.subject.length).toBe(2000);
  });

  it.each([[null], ['thread'], [{}], [{ kind: 'thread' }], [{ kind: 'thread', snapshot: {} }]])(
    'is a page that cannot be read when it is %j',
    (told) => {
      expect(parseShownPage(told)).toEqual({ kind: 'unreadable' });
    },
  );
});
