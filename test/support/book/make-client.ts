import type { Client } from '../../../shared/model/client.ts';
import type { Tier } from '../../../shared/model/client-words.ts';
import type { Contact } from '../../../shared/model/contact.ts';
import { randomId, type Random } from './random.ts';
import { DAY_MS, type Pattern } from './rhythm.ts';
import type { BookLanguage, NameWord } from './words.ts';

const STAGES = ['exploration', 'awareness', 'expansion', 'commitment'] as const;
const TYPES = [
  'transactional',
  'long-term',
  'long-term',
  'personal-assistance',
  'community',
] as const;
const CHANNELS = ['email', 'call', 'meeting', 'message'] as const;
const ROLES = ['decision-maker', 'champion', 'payer', 'user'] as const;
type Cadence = NonNullable<Client['cadence']>;
const CADENCES: readonly [Cadence, ...Cadence[]] = [
  [7, 14],
  [21, 42],
  [45, 90],
  [90, 180],
];

const OLDEST_DAYS = 6 * 365;

export interface ClientPlan {
  /** Makes its domain its own. */
  readonly number: number;
  readonly tier: Tier;
  readonly pattern: Pattern;
  readonly language: BookLanguage;
  readonly now: number;
}

export function makeClient(random: Random, plan: ClientPlan): Client {
  const { number, tier, pattern, language, now } = plan;
  const [written, inAddress] = random.pick(language.firm);
  const isLost = pattern === 'lost';
  // A lost client was one for long enough to be lost.
  const ageDays = isLost ? 1000 + random.below(OLDEST_DAYS - 1000) : 30 + random.below(OLDEST_DAYS);
  return {
    id: randomId(random) as Client['id'],
    name: written + random.pick(language.firmKinds),
    domains: {
      [domainOf(inAddress, number)]: true,
      ...(random.chance(0.05) && { [`old-${domainOf(inAddress, number)}`]: true }),
    },
    relationshipType: random.pick(TYPES),
    stage: isLost ? 'dissolution' : random.pick(STAGES),
    status: statusOf(random, pattern),
    tier,
    language: language.tag,
    createdAt: now - ageDays * DAY_MS - random.below(DAY_MS),
    ...(random.chance(0.3) && { channel: random.pick(CHANNELS) }),
    ...(random.chance(0.1) && { cadence: random.pick(CADENCES) }),
    ...(random.chance(0.02) && { snoozedUntil: dayAhead(now, 1 + random.below(30)) }),
  };
}

export function makeContacts(
  random: Random,
  client: Client,
  language: BookLanguage,
  count: number,
): Contact[] {
  const [domain = 'nowhere.example'] = Object.keys(client.domains ?? {});
  return Array.from({ length: count }, (_, index): Contact => {
    const [given, family] = [random.pick(language.given), random.pick(language.family)];
    // Two people of one name still have two addresses.
    const local = `${given[1]}.${family[1]}${index > 0 ? index + 1 : ''}`;
    return {
      id: randomId(random) as Contact['id'],
      clientId: client.id,
      name: fullName(given, family, language),
      emails: {
        [`${local}@${domain}`]: true,
        ...(random.chance(0.2) && {
          [`${given[1].charAt(0)}${family[1]}${index + 1}@mail.${domain}`]: true,
        }),
      },
      role: index === 0 ? 'decision-maker' : random.pick(ROLES),
      isKey: index === 0,
      createdAt: client.createdAt,
      ...(random.chance(0.3) && { phones: { [`+000 555 ${1000 + random.below(9000)}`]: true } }),
      ...(index > 0 && random.chance(0.05) && { hasLeft: true }),
    };
  });
}

const fullName = (given: NameWord, family: NameWord, language: BookLanguage): string =>
  language.isFamilyNameFirst === true ? family[0] + given[0] : `${given[0]} ${family[0]}`;

const domainOf = (inAddress: string, number: number): string =>
  `${inAddress}-${number.toString(36)}.example`;

function statusOf(random: Random, pattern: Pattern): NonNullable<Client['status']> {
  if (pattern === 'lost') return 'lost';
  if (pattern === 'never') return 'prospect';
  if (random.chance(0.03)) return 'paused';
  return random.chance(0.02) ? 'regained' : 'active';
}

const dayAhead = (now: number, days: number): string =>
  new Date(now + days * DAY_MS).toISOString().slice(0, 10);
