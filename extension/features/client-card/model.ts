import { signal, type ReadonlySignal } from '../../ui/signal.ts';
import type { Answer, Failure } from '../../messaging/messages.ts';
import type { Send } from '../../messaging/send.ts';
import type { OpenThread, ShownPage } from '../../sites/snapshot.ts';
import type {
  Added,
  Card,
  CardAnswer,
  ClientCardMessages,
  ClientEdit,
  NameQuestion,
  Never,
  NewClient,
  SeenAs,
} from './messages.ts';

/** What the panel shows. `hidden` is a page without an open thread, or with nobody to show. */
export type CardView =
  | { readonly kind: 'hidden' }
  /** Asked, and the answer takes longer than the eye forgives. */
  | { readonly kind: 'loading' }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'failed'; readonly error: Failure }
  | { readonly kind: 'known'; readonly answer: Extract<CardAnswer, { kind: 'known' }> }
  | { readonly kind: 'unknown'; readonly answer: Extract<CardAnswer, { kind: 'unknown' }> }
  | { readonly kind: 'unsure'; readonly question: NameQuestion }
  | { readonly kind: 'profile'; readonly answer: Extract<CardAnswer, { kind: 'profile' }> };

export interface CardModel {
  readonly view: ReadonlySignal<CardView>;
  /** The open thread, for what a log is filled in with. */
  readonly snapshot: ReadonlySignal<OpenThread | null>;
  show(page: ShownPage): Promise<void>;
  /** A thread with this person is about to open: their card is fetched, and shown with the thread. */
  foresee(address: string): void;
  /** Reads the same thread again: something was logged, undone, or changed on another device. */
  refresh(): Promise<void>;
  /** One of these clients changed elsewhere. */
  changed(clientIds: readonly string[]): void;
  switchTo(clientId: string): Promise<void>;
  /** A client apart from any page: what is logged with them carries no thread. */
  pick(clientId: string): Promise<void>;
  addClient(client: NewClient): Promise<Added | null>;
  attach(
    clientId: string,
    person: {
      readonly name: string;
      readonly address: string | null;
      readonly seenAs?: SeenAs | undefined;
    },
  ): Promise<Added | null>;
  /** Whether who is only named is this contact. */
  answerName(seenAs: SeenAs, contactId: string, isSame: boolean): Promise<string | null>;
  never(what: Never): Promise<string | null>;
  edit(change: ClientEdit): Promise<string | null>;
  saveNotes(clientId: string, notes: string): Promise<string | null>;
  readonly search: (text: string) => Promise<ClientCardMessages['client.search'][1]>;
  /** The extension was updated under this page: nothing here works any more. */
  orphaned(): void;
}

export interface CardModelDeps {
  readonly send: Send<ClientCardMessages>;
}

/** Until then the card before stays; after that a stale card would be a wrong one. */
const SKELETON_AFTER_MS = 100;

/** The key of a message for "was this logged before?": host, account and the message's own id. */
export function sourceOf(snapshot: OpenThread | null): string | null {
  const id = snapshot?.lastMessage?.id;
  return snapshot && id ? `${snapshot.host}:${snapshot.account ?? ''}:${id}` : null;
}

export function createCardModel({ send }: CardModelDeps): CardModel {
  const view = signal<CardView>({ kind: 'hidden' });
  const snapshot = signal<OpenThread | null>(null);
  /** Only the answer to the latest question is shown: answers may overtake each other. */
  let question = 0;
  let chosenClientId: string | null = null;
  let foreseen: Foreseen | null = null;

  const fail = (error: Failure): null => {
    view.value = { kind: 'failed', error };
    return null;
  };

  /** `isAgain`: what is shown is of this very thread and person, and only something in it may have changed. */
  async function ask(isAgain: string | boolean | undefined): Promise<void> {
    const page = snapshot.value;
    if (!page) return;
    const asked = ++question;
    const expected = foreseen?.address === firstOther(page) ? foreseen?.answer : null;
    foreseen = null;
    if (expected) view.value = { kind: 'known', answer: expected };
    const skeleton = setTimeout(() => {
      if (asked === question && !expected && !isAgain) view.value = { kind: 'loading' };
    }, SKELETON_AFTER_MS);
    const answer = await send('card.open', {
      account: page.account,
      people: page.people,
      named: page.named,
      source: sourceOf(page),
      clues: page.clues,
      personName: page.personName,
    });
    clearTimeout(skeleton);
    if (asked !== question) return;
    if (!answer.ok) {
      fail(answer.error);
      return;
    }
    view.value = viewOf(answer.value, page);
    if (chosenClientId !== null) await showClient(chosenClientId);
  }

  /** After a change whoever is shown is looked up again. */
  async function settle<Value>(sent: Promise<Answer<Value>>): Promise<Value | null> {
    const answer = await sent;
    if (!answer.ok) return fail(answer.error);
    await refresh();
    return answer.value;
  }

  const refresh = async (): Promise<void> =>
    chosenClientId === null ? ask(true) : showClient(chosenClientId);

  async function showClient(clientId: string): Promise<void> {
    const asked = ++question;
    const shown = view.value;
    const answer = await send('card.client', { clientId, source: sourceOf(snapshot.value) });
    if (asked !== question) return;
    if (!answer.ok) {
      fail(answer.error);
      return;
    }
    view.value = { kind: 'known', answer: switched(snapshot.value && shown, answer.value) };
  }

  return {
    view,
    snapshot,
    async show(page) {
      const before = snapshot.value;
      const shown = page.kind === 'thread' ? page.snapshot : null;
      snapshot.value = shown;
      if (shown) {
        const isSame = before?.threadId === shown.threadId;
        if (!isSame) chosenClientId = null;
        // Where there is no id, as of a draft, the same person says that what is shown is still right.
        const person = firstOther(shown);
        await ask(isSame && (shown.threadId ?? (person === firstOther(before) && person)));
        return;
      }
      question++;
      chosenClientId = null;
      view.value = { kind: page.kind === 'none' ? 'hidden' : 'unreadable' };
    },
    foresee(address) {
      const expected: Foreseen = { address, answer: null };
      foreseen = expected;
      const people = [{ address, name: '' }];
      void send('card.open', { account: null, people, source: null }).then((answer) => {
        if (answer.ok && answer.value.kind === 'known') {
          expected.answer = { ...answer.value, newPerson: null };
        }
      });
    },
    refresh,
    changed(clientIds) {
      const shown = view.value;
      // Who is not known may be so by now.
      const isConcerned =
        shown.kind === 'known'
          ? clientIds.includes(shown.answer.card.clientId)
          : shown.kind !== 'hidden';
      if (isConcerned) void refresh();
    },
    async pick(clientId) {
      snapshot.value = null;
      await this.switchTo(clientId);
    },
    async switchTo(clientId) {
      chosenClientId = clientId;
      await showClient(clientId);
    },
    addClient: (client) => settle(send('client.add', client)),
    attach: (clientId, { name, ...person }) =>
      settle(send('contact.attach', { clientId, personName: name, ...person })),
    answerName: (seenAs, contactId, isSame) =>
      settle(send('name.answer', { seenAs, contactId, isSame })).then(tokenOf),
    never: (what) => settle(send('never.add', what)).then(tokenOf),
    edit: (change) => settle(send('client.edit', change)).then(tokenOf),
    async saveNotes(clientId, notes) {
      const answer = await send('client.note', { clientId, notes });
      return answer.ok ? answer.value.undoToken : fail(answer.error);
    },
    async search(text) {
      const answer = await send('client.search', { text });
      return answer.ok ? answer.value : [];
    },
    orphaned() {
      question++;
      if (view.value.kind !== 'hidden') fail({ code: 'orphaned' });
    },
  };
}

const tokenOf = (done: { readonly undoToken: string } | null): string | null =>
  done?.undoToken ?? null;

interface Foreseen {
  readonly address: string;
  answer: Extract<CardAnswer, { kind: 'known' }> | null;
}

/** Whose card is shown when they are known: the first person of the thread who is not oneself. */
const firstOther = ({ people, account }: OpenThread): string | undefined =>
  people.find(({ address }) => address !== account)?.address;

function viewOf(answer: CardAnswer, page: OpenThread): CardView {
  switch (answer.kind) {
    case 'known':
      return { kind: 'known', answer };
    case 'unknown':
      // Nobody is asked to add somebody in the middle of writing to them.
      return page.layout === 'draft' ? { kind: 'hidden' } : { kind: 'unknown', answer };
    case 'unsure':
      return { kind: 'unsure', question: answer.question };
    case 'profile':
      if (answer.namesakes[0]) return { kind: 'profile', answer };
      break;
    case 'nobody':
  }
  return { kind: 'hidden' };
}

/** The chosen client comes first; the one shown before, for the same thread, goes among the others. */
function switched(shown: CardView | null, card: Card): Extract<CardAnswer, { kind: 'known' }> {
  if (shown?.kind !== 'known') return { kind: 'known', card, others: [], newPerson: null };
  const { clientId, name } = shown.answer.card;
  const others = [{ clientId, name }, ...shown.answer.others].filter(
    (other) => other.clientId !== card.clientId,
  );
  return { kind: 'known', card, others, newPerson: null };
}
