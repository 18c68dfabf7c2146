import type { Client } from '../../../shared/model/client.ts';
import type { Tier } from '../../../shared/model/client-words.ts';
import type { Contact } from '../../../shared/model/contact.ts';
import type { Interaction } from '../../../shared/model/interaction.ts';
import { makeClient, makeContacts } from './make-client.ts';
import { interactionsOf } from './make-interactions.ts';
import { createRandom, type Random } from './random.ts';
import type { Pattern } from './rhythm.ts';
import { sharesOf } from './shares.ts';
import { bookLanguages, type BookLanguage } from './words.ts';

export interface BookOptions {
  /** An integer; the same seed makes the same book. */
  readonly seed: number;
  readonly clients: number;
  readonly contacts: number;
  readonly interactions: number;
  /** UTC milliseconds. */
  readonly now: number;
  /** Rows of interactions in a batch, at most. */
  readonly batchSize?: number;
}

/** A client comes before or with its contacts, and those before or with what happened. */
export interface BookBatch {
  readonly clients: readonly Client[];
  readonly contacts: readonly Contact[];
  readonly interactions: readonly Interaction[];
}

interface Plan {
  readonly tier: Tier;
  readonly pattern: Pattern;
  readonly language: BookLanguage;
}

type Share<Name> = readonly [name: Name, hundredths: number];
const TIERS: readonly Share<Tier>[] = [
  ['A', 5],
  ['B', 15],
  ['C', 40],
  ['D', 40],
];
const PATTERNS: readonly Share<Pattern>[] = [
  ['regular', 48],
  ['bursts', 18],
  ['fading', 12],
  ['seasonal', 9],
  ['lost', 8],
  ['never', 5],
];
/** How much more passes between us and an A client than a D client. */
const TIER_WEIGHT: Readonly<Record<Tier, number>> = { A: 9, B: 4, C: 1.5, D: 0.6 };

/** A book of business of any size, in batches, so that a million rows never sit in memory at once. */
export function* generateBook(options: BookOptions): Generator<BookBatch> {
  const { seed, now, batchSize = 5000 } = options;
  const random = createRandom(seed);
  const plans = Array.from({ length: options.clients }, () => planOf(random));
  const contactShares = contactsOf(random, options);
  const shares = sharesOf(options.interactions, plans.map(weightOf(random)));
  let batch: Batch = emptyBatch();
  for (const [index, plan] of plans.entries()) {
    const client = makeClient(random, { ...plan, number: index, now });
    const contacts = makeContacts(random, client, plan.language, contactShares[index] ?? 0);
    batch.clients.push(client);
    batch.contacts.push(...contacts);
    const history = { ...plan, client, contacts, count: shares[index] ?? 0, now };
    for (const interaction of interactionsOf(random, history)) {
      batch.interactions.push(interaction);
      if (batch.interactions.length < batchSize) continue;
      yield batch;
      batch = emptyBatch();
    }
  }
  if (batch.clients.length + batch.interactions.length > 0) yield batch;
}

interface Batch {
  readonly clients: Client[];
  readonly contacts: Contact[];
  readonly interactions: Interaction[];
}
const emptyBatch = (): Batch => ({ clients: [], contacts: [], interactions: [] });

function planOf(random: Random): Plan {
  const languages = bookLanguages.map((language) => [language, language.share] as const);
  return {
    tier: draw(random, TIERS),
    pattern: draw(random, PATTERNS),
    language: draw(random, languages),
  };
}

function draw<Name>(random: Random, shares: readonly Share<Name>[]): Name {
  let left = random.next() * 100;
  for (const [name, hundredths] of shares) {
    left -= hundredths;
    if (left < 0) return name;
  }
  const last = shares.at(-1);
  if (last === undefined) throw new Error('nothing to draw from');
  return last[0];
}

const weightOf =
  (random: Random) =>
  ({ tier, pattern }: Plan): number =>
    pattern === 'never' ? 0 : TIER_WEIGHT[tier] * Math.exp(random.jitter() * 1.2);

/** Everyone has one as long as they last; the rest go to a few large clients. */
function contactsOf(random: Random, { clients, contacts }: BookOptions): readonly number[] {
  const each = contacts >= clients ? 1 : 0;
  const weights = Array.from({ length: clients }, () => random.next() ** 4);
  return sharesOf(contacts - each * clients, weights).map((share) => share + each);
}
