import * as v from 'valibot';
import { cadenceSchema } from './client.ts';
import { tiers, type Tier } from './client-words.ts';
import { interactionKinds, type InteractionKind } from './kinds.ts';
import { addressSchema, domainSchema, elementsOf } from './values.ts';

export const SETTINGS_ID = 'settings';

/** One synced row. Absent fields mean the defaults below, so defaults can improve later. */
export const settingsSchema = v.looseObject({
  id: v.literal(SETTINGS_ID),
  cadenceA: v.nullish(cadenceSchema),
  cadenceB: v.nullish(cadenceSchema),
  cadenceC: v.nullish(cadenceSchema),
  cadenceD: v.nullish(cadenceSchema),
  /** Which kinds of interaction count as a touch; null takes the default again. */
  touchKinds: v.optional(v.record(v.picklist(interactionKinds), v.nullable(v.boolean()))),
  neverAddresses: v.optional(elementsOf(addressSchema)),
  neverDomains: v.optional(elementsOf(domainSchema)),
  /** By `nameAnswerKey`: whether who is only named is that contact; false takes the answer back. */
  nameAnswers: v.optional(
    v.record(
      v.pipe(v.string(), v.maxLength(1000)),
      v.union([v.picklist(['same', 'other']), v.literal(false)]),
    ),
  ),
  /** Whether time on a client's pages is counted and offered; yes unless it says no. */
  suggestTime: v.nullish(v.boolean()),
  /** A BCP 47 language of the catalogue, or null for the browser's. */
  language: v.nullish(v.pipe(v.string(), v.maxLength(35))),
});
export type Settings = v.InferOutput<typeof settingsSchema>;

/** Days between touches, ideal and maximum, where neither client nor settings say otherwise. */
const DEFAULT_CADENCE_DAYS: Readonly<Record<Tier, readonly [number, number]>> = {
  A: [14, 28],
  B: [30, 60],
  C: [60, 120],
  D: [120, 240],
};
const DEFAULT_TOUCH_KINDS: Readonly<Record<InteractionKind, boolean>> = {
  email: true,
  call: true,
  meeting: true,
  message: true,
  visit: true,
  note: false,
  gift: true,
};
export const DEFAULT_TIER: Tier = 'C';

export type Cadence = readonly [ideal: number, max: number];

export function cadenceFor(
  client: {
    readonly cadence?: Cadence | null | undefined;
    readonly tier?: Tier | null | undefined;
  },
  settings: Settings | undefined,
): Cadence {
  const tier = client.tier ?? DEFAULT_TIER;
  return client.cadence ?? settings?.[`cadence${tier}`] ?? DEFAULT_CADENCE_DAYS[tier];
}

export const isTouchKind = (kind: InteractionKind, settings: Settings | undefined): boolean =>
  settings?.touchKinds?.[kind] ?? DEFAULT_TOUCH_KINDS[kind];

export const tierCadences = (settings: Settings | undefined): Readonly<Record<Tier, Cadence>> => {
  const entries = tiers.map((tier) => [tier, cadenceFor({ tier }, settings)] as const);
  return Object.fromEntries(entries) as Record<Tier, Cadence>;
};
