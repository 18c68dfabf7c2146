import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type {
  CardAnswer,
  ClientCardMessages,
} from '../../../extension/features/client-card/messages.ts';
import { createCardModel, type CardModel } from '../../../extension/features/client-card/model.ts';
import { ok, type Answer } from '../../../extension/messaging/messages.ts';
import { createSend } from '../../../extension/messaging/send.ts';
import type { ShownPage } from '../../../extension/sites/snapshot.ts';

const thread = (threadId: string): ShownPage => ({
  kind: 'thread',
  snapshot: {
    host: 'gmail',
    account: null,
    layout: 'thread',
    threadId,
    threadUrl: null,
    subject: '',
    lastMessage: null,
    people: [],
  },
});

const draft = (address: string, subject: string): Extract<ShownPage, { kind: 'thread' }> => ({
  kind: 'thread',
  snapshot: {
    host: 'gmail',
    account: null,
    layout: 'draft',
    threadId: null,
    threadUrl: null,
    subject,
    lastMessage: null,
    people: [{ address, name: '', role: 'recipient' }],
  },
});

const unknown: CardAnswer = {
  kind: 'unknown',
  suggestion: { address: 'a@b.example', personName: 'A', clientName: 'B', domain: null },
};

/** Any that is shown beside a draft. */
const shown: CardAnswer = {
  kind: 'unsure',
  question: {
    seenAs: { account: null, name: 'A' },
    contactId: 'contact',
    personName: 'A',
    clientName: 'B',
  },
};

const SLOW_MS = 5000;

/** A background that answers at once, or only after `SLOW_MS` once it has been made slow. */
function start(answered: CardAnswer = unknown): {
  readonly model: CardModel;
  readonly slowDown: () => void;
} {
  let delayMs = 0;
  const answer = async (): Promise<Answer<CardAnswer>> => {
    if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
    return ok(answered);
  };
  const runtime = { id: 'mainstay', sendMessage: answer };
  return {
    model: createCardModel({ send: createSend<ClientCardMessages>(runtime) }),
    slowDown() {
      delayMs = SLOW_MS;
    },
  };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('a card that is read again stays until the new one is there, so that a focus in it stays too', async () => {
  const { model, slowDown } = start();
  await model.show(thread('t1'));
  slowDown();
  const refreshing = model.refresh();
  await vi.advanceTimersByTimeAsync(SLOW_MS - 1);
  expect(model.view.value.kind).toBe('unknown');
  await vi.advanceTimersByTimeAsync(1);
  await refreshing;
});

it('another thread’s card is never shown for longer than the eye forgives', async () => {
  const { model, slowDown } = start();
  await model.show(thread('t1'));
  slowDown();
  const showing = model.show(thread('t2'));
  await vi.advanceTimersByTimeAsync(SLOW_MS - 1);
  expect(model.view.value.kind).toBe('loading');
  await vi.advanceTimersByTimeAsync(1);
  await showing;
  expect(model.view.value.kind).toBe('unknown');
});

it('a draft whose subject is changed keeps the card of whom it is to, and what was opened in it', async () => {
  const { model, slowDown } = start(shown);
  await model.show(draft('a@b.example', ''));
  slowDown();
  const showing = model.show(draft('a@b.example', 'Phase 2'));
  await vi.advanceTimersByTimeAsync(SLOW_MS - 1);
  expect(model.view.value.kind).toBe('unsure');
  await vi.advanceTimersByTimeAsync(1);
  await showing;
  const toAnother = model.show(draft('c@d.example', 'Phase 2'));
  await vi.advanceTimersByTimeAsync(SLOW_MS - 1);
  expect(model.view.value.kind).toBe('loading');
  await vi.advanceTimersByTimeAsync(1);
  await toAnother;
});

it('a page that names nobody says nothing of the card before: that one may be another’s', async () => {
  const profile: ShownPage = {
    kind: 'thread',
    snapshot: { ...draft('', '').snapshot, host: 'linkedin', layout: 'page', people: [] },
  };
  const { model, slowDown } = start(shown);
  await model.show(profile);
  slowDown();
  const showing = model.show(profile);
  await vi.advanceTimersByTimeAsync(SLOW_MS - 1);
  expect(model.view.value.kind).toBe('loading');
  await vi.advanceTimersByTimeAsync(1);
  await showing;
});
