import { interestsFrom } from '../../shared/model/interests.ts';
import { guessPerson, type GuessedPerson } from '../../shared/rules/guess-person.ts';
import type { Card, Suggestion } from '../features/client-card/messages.ts';
import type { LogContext, LogDetails, QuickLog } from '../features/quick-log/model.ts';
import type { Failure } from '../messaging/messages.ts';
import type { Send } from '../messaging/send.ts';
import type { AllMessages } from '../page/all-messages.ts';
import { signal, type ReadonlySignal, type Signal } from '../ui/signal.ts';
import type { ClipAction } from './actions.ts';
import { appended } from './append-note.ts';
import type { ClippedPage } from './clipped-page.ts';

export interface ClipModel {
  readonly action: ReadonlySignal<ClipAction>;
  /** The words, which the user may change or paste. */
  readonly text: ReadonlySignal<string>;
  /** Whom it goes to: guessed from the page, chosen by the user. */
  readonly client: ReadonlySignal<Card | null>;
  /** What is known of the person in the words; null until it has been asked. */
  readonly person: ReadonlySignal<
    (GuessedPerson & { readonly suggestion: Suggestion | null }) | null
  >;
  readonly choose: (action: ClipAction) => void;
  readonly type: (text: string) => void;
  pick(clientId: string): Promise<void>;
  readonly unpick: () => void;
  readonly search: (text: string) => Promise<AllMessages['client.search'][1]>;
  /** Guesses whom the page is about. */
  guess(): Promise<void>;
  saveEntry(): Promise<void>;
  /** False when the notes have no room for it. */
  appendToNotes(day: string): Promise<boolean>;
  /** False when nothing was added. */
  addInterests(typed: string): Promise<boolean>;
  addPerson(person: GuessedPerson): Promise<void>;
  addClient(client: AllMessages['client.add'][0]): Promise<void>;
}

export interface ClipModelDeps {
  readonly send: Send<AllMessages>;
  readonly page: ClippedPage;
  readonly action: ClipAction;
  readonly quickLog: Pick<QuickLog, 'log' | 'announce' | 'report' | 'toast'>;
  readonly words: {
    readonly saved: string;
    readonly added: (client: string) => string;
    readonly attached: (person: string, client: string) => string;
  };
}

/** An interaction's line holds no more; longer words are for the notes. */
export const MAX_ENTRY_LETTERS = 500;

export function createClip({ send, page, action, quickLog, words }: ClipModelDeps): ClipModel {
  const chosen = signal(action);
  const text = signal(page.text);
  const client = signal<Card | null>(null);
  const person = signal<(GuessedPerson & { suggestion: Suggestion | null }) | null>(null);

  const report = (error: Failure): void => quickLog.report(error);

  async function cardOf(clientId: string): Promise<Card | null> {
    const answer = await send('card.client', { clientId, source: null });
    if (!answer.ok) report(answer.error);
    return answer.ok ? answer.value : null;
  }

  return {
    action: chosen,
    text,
    client,
    person,
    choose(next) {
      chosen.value = next;
    },
    type(typed) {
      text.value = typed;
    },
    async pick(clientId) {
      client.value = await cardOf(clientId);
    },
    unpick() {
      client.value = null;
    },
    async search(typed) {
      const answer = await send('client.search', { text: typed });
      return answer.ok ? answer.value : [];
    },
    async guess() {
      const guessed = guessPerson(text.value);
      const people = [guessed, ...siteOf(page.url)].filter(({ address }) => address !== '');
      const answer =
        people.length === 0
          ? null
          : await send('card.open', { account: null, people, source: null });
      const known = answer?.ok ? answer.value : null;
      // The user may have been quicker.
      if (known?.kind === 'known') client.value ??= known.card;
      const isAbout = known?.kind === 'unknown' && known.suggestion.address === guessed.address;
      person.value = { ...guessed, suggestion: isAbout ? known.suggestion : null };
    },
    async saveEntry() {
      const to = taken(client);
      if (!to) return;
      const context: LogContext = {
        clientId: to.clientId,
        clientName: to.name,
        contactId: null,
        subject: page.title,
        threadUrl: page.url,
        source: null,
        lastFrom: null,
      };
      const summary = text.value.trim().slice(0, MAX_ENTRY_LETTERS);
      const details: LogDetails = { at: null, minutes: null, direction: null, summary };
      await quickLog.log('note', context, details);
      if (quickLog.toast.value?.kind === 'failed') client.value ??= to;
    },
    async appendToNotes(day) {
      // As it is now: somebody may have written into it since the client was chosen.
      const chosen = taken(client);
      const to = chosen && (await cardOf(chosen.clientId));
      if (!to) return true;
      const notes = appended(to.notes, { text: text.value, title: page.title, url: page.url, day });
      const answer =
        notes === null ? null : await send('client.note', { clientId: to.clientId, notes });
      if (answer?.ok) quickLog.announce(words.saved, answer.value.undoToken);
      else client.value ??= to;
      if (answer && !answer.ok) report(answer.error);
      return answer !== null;
    },
    async addInterests(typed) {
      const to = client.value;
      const added = interestsFrom(typed).map((word) => [word, true] as const);
      if (!to || added.length === 0) return false;
      const interests = Object.fromEntries(added);
      const answer = await send('client.edit', { clientId: to.clientId, interests });
      if (answer.ok) quickLog.announce(words.saved, answer.value.undoToken);
      else report(answer.error);
      return answer.ok;
    },
    async addPerson({ name, address }) {
      const to = taken(client);
      if (!to) return;
      const { clientId } = to;
      const answer = await send('contact.attach', { clientId, personName: name, address });
      if (!answer.ok) {
        client.value ??= to;
        report(answer.error);
        return;
      }
      person.value = NOBODY;
      quickLog.announce(words.attached(name || address, to.name), answer.value.undoToken);
    },
    async addClient(newClient) {
      const before = person.value;
      person.value = NOBODY;
      const answer = await send('client.add', newClient);
      if (!answer.ok) {
        person.value = before;
        report(answer.error);
        return;
      }
      quickLog.announce(words.added(answer.value.clientName), answer.value.undoToken);
    },
  };
}

/** The form is empty again as soon as it was sent: a second press has nothing to send. */
const NOBODY = { name: '', address: '', suggestion: null };
function taken(client: Signal<Card | null>): Card | null {
  const to = client.value;
  client.value = null;
  return to;
}

/** The card is asked for by addresses: anyone's at the page's own host stands for the host. */
function siteOf(url: string | null): readonly GuessedPerson[] {
  if (url === null) return [];
  const host = new URL(url).hostname.replace(/^www\./, '');
  return host.includes('.') ? [{ name: '', address: `anyone@${host}` }] : [];
}
