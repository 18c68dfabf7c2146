import type { Client } from '../../../shared/model/client.ts';
import type { Contact } from '../../../shared/model/contact.ts';
import type { Interaction } from '../../../shared/model/interaction.ts';
import type { Direction, InteractionKind } from '../../../shared/model/kinds.ts';
import { randomId, type Random } from './random.ts';
import { rhythm, type Pattern } from './rhythm.ts';
import type { BookLanguage } from './words.ts';

const MAILBOX_URL = 'https://mail.google.com/mail/u/0/#all/';
const ACCOUNT = 'robin@vale-studio.example';
/** A conversation goes on when the next email comes within this time. */
const THREAD_GAP_MS = 5 * 86_400_000;

/** In hundredths. */
const KIND_SHARES: readonly (readonly [InteractionKind, number])[] = [
  ['email', 52],
  ['call', 20],
  ['message', 12],
  ['meeting', 9],
  ['note', 5],
  ['visit', 1.5],
  ['gift', 0.5],
];
/** A hundred or so kinds to pick from with one look. */
const KINDS = KIND_SHARES.flatMap(([kind, share]) => Array.from({ length: share * 2 }, () => kind));
const MINUTES: Readonly<Partial<Record<InteractionKind, readonly [number, ...number[]]>>> = {
  call: [5, 10, 10, 15, 15, 20, 30, 45],
  meeting: [30, 45, 60, 60, 90, 120],
  visit: [60, 90, 120, 180],
};

export interface ClientHistory {
  readonly client: Client;
  readonly contacts: readonly Contact[];
  readonly language: BookLanguage;
  readonly pattern: Pattern;
  readonly count: number;
  readonly now: number;
}

/** One client's interactions, oldest first. */
export function* interactionsOf(random: Random, history: ClientHistory): Generator<Interaction> {
  const { client, contacts, language, pattern, count, now } = history;
  const instants = rhythm(random, { now, createdAt: client.createdAt, count, pattern });
  let thread = { id: '', subject: '', at: 0 };
  for (const at of instants) {
    const kind = KINDS[random.below(KINDS.length)] ?? 'email';
    const base = {
      id: randomId(random) as Interaction['id'],
      clientId: client.id,
      contactId: contactFor(random, contacts),
      kind,
      direction: directionOf(random, kind),
      at,
      createdAt: at,
    };
    if (kind === 'email') {
      const goesOn = at - thread.at < THREAD_GAP_MS && random.chance(0.7);
      thread = goesOn
        ? { ...thread, at }
        : { id: hex(random) + hex(random), subject: random.pick(language.subjects), at };
      yield {
        ...base,
        subject: thread.subject,
        threadUrl: MAILBOX_URL + thread.id,
        source: `gmail:${ACCOUNT}:${hex(random)}${hex(random)}`,
      };
      continue;
    }
    const minutes = MINUTES[kind];
    yield {
      ...base,
      ...(minutes !== undefined && { minutes: random.pick(minutes) }),
      ...(random.chance(0.7) && { summary: random.pick(language.summaries) }),
    };
  }
}

/** Most with the key person; some with nobody in particular. */
function contactFor(random: Random, contacts: readonly Contact[]): Contact['id'] | null {
  const index = random.chance(0.65) ? 0 : random.below(contacts.length + 1);
  return contacts[index]?.id ?? null;
}

function directionOf(random: Random, kind: InteractionKind): Direction | null {
  if (kind === 'note') return null;
  if (kind === 'meeting' || kind === 'visit') return 'both';
  return random.chance(0.55) ? 'out' : 'in';
}

const hex = ({ bits }: Random): string => bits().toString(16).padStart(8, '0');
