import type { Json } from '../../../shared/merge.ts';
import { editMaker } from './plan-edits.ts';
import { WEATHERS, type Weather } from './network.ts';
import { streamOf, weighted, type Random } from './random.ts';

/** What happens in one simulation: data, so that a failing one can be printed, kept and cut down. */
export interface Plan {
  readonly seed: number;
  readonly devices: readonly DevicePlan[];
  readonly weather: Weather;
  /** How often an access to a device's database takes its time. */
  readonly slowness: number;
  /** In the end a device joins that has nothing but what the worker gives it. */
  readonly hasNewcomer: boolean;
  readonly steps: readonly Step[];
}

export interface DevicePlan {
  /** How far its clock is off when it joins. */
  readonly skewMs: number;
  /** It has the newer version, with a table and fields that the older does not know. */
  readonly isNewer: boolean;
  /** Its background wakes with each edit; another's only now and then, as when the browser rests. */
  readonly isEager: boolean;
}

export type Step = { readonly waitMs: number } & Action;

export type Action =
  | {
      readonly do: 'edit';
      readonly device: number;
      readonly table: string;
      readonly id: string;
      readonly patch: Readonly<Record<string, Json>>;
    }
  | { readonly do: 'undo'; readonly device: number }
  | { readonly do: 'sync'; readonly device: number }
  /** Someone opens a page: the device listens for a while. */
  | { readonly do: 'look'; readonly device: number }
  | { readonly do: 'restart'; readonly device: number }
  | {
      readonly do: 'crash';
      readonly device: number;
      readonly transaction: number;
      readonly isBefore: boolean;
    }
  | { readonly do: 'clock'; readonly device: number; readonly byMs: number }
  | { readonly do: 'offline'; readonly device: number; readonly forMs: number }
  | { readonly do: 'disk full'; readonly device: number; readonly forMs: number }
  | { readonly do: 'back up'; readonly device: number }
  | { readonly do: 'restore backup'; readonly device: number }
  | { readonly do: 'evict'; readonly afterWrites: number | null }
  | { readonly do: 'snapshot' }
  | { readonly do: 'roll back' }
  | { readonly do: 'wipe' }
  | { readonly do: 'quota'; readonly rows: number; readonly forMs: number }
  /** Nobody does anything, until what was deleted is forgotten. */
  | { readonly do: 'months'; readonly forMs: number }
  | { readonly do: 'remove'; readonly by: number; readonly device: number }
  | { readonly do: 'lose'; readonly device: number }
  | { readonly do: 'role'; readonly device: number; readonly role: 'editor' | 'viewer' };

const STEPS = 200;
const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const DAY_MS = 24 * 60 * MINUTE_MS;
const YEAR_MS = 365 * DAY_MS;

export function planFor(seed: number): Plan {
  const random = streamOf(seed, 'plan');
  const count = Number(
    weighted(random, { 2: 40, 3: 32, 4: 12, 5: 6, 6: 4, 7: 2, 8: 2, 9: 1, 10: 1 }),
  );
  const hasVersions = random.chance(0.3);
  const isClocksWrong = random.chance(0.4);
  const devices = Array.from({ length: count }, () => ({
    skewMs: isClocksWrong ? skew(random) : 0,
    isNewer: hasVersions && random.chance(0.5),
    isEager: random.chance(0.2),
  }));
  const makeStep = stepMaker(random, devices);
  return {
    seed,
    devices,
    weather: WEATHERS[weighted(random, { calm: 3, rough: 5, storm: 2 })],
    slowness: random.pick([0, 0, 0.03, 0.15]),
    hasNewcomer: random.chance(0.15),
    steps: Array.from({ length: STEPS }, makeStep),
  };
}

/** As a worker in the wrong hands meets it: nothing is lost but by the worker. */
export function planForLies(seed: number): Plan {
  const plan = planFor(seed);
  const steps = plan.steps.filter((step) => HARMLESS.has(step.do));
  return {
    ...plan,
    devices: plan.devices.map((device) => ({ ...device, skewMs: 0 })),
    weather: WEATHERS.calm,
    steps: [
      ...steps.slice(0, STEPS_OF_LIES / 2),
      // The third device is another person's. There are signed states to lie about.
      { do: 'role', device: 2, role: 'viewer', waitMs: MINUTE_MS },
      ...steps.slice(STEPS_OF_LIES / 2, STEPS_OF_LIES),
      { do: 'role', device: 2, role: 'editor', waitMs: MINUTE_MS },
      ...plan.devices.map((_, device): Step => ({ do: 'sync', device, waitMs: MINUTE_MS })),
    ],
  };
}

/** A lie is believed at once or not at all. */
const STEPS_OF_LIES = 60;

const HARMLESS: ReadonlySet<Step['do']> = new Set([
  'edit',
  'undo',
  'sync',
  'look',
  'restart',
  'crash',
  'offline',
]);

/** Minutes, days or years, either way. */
const skew = (random: Random): number =>
  Math.round(random.jitter() * random.pick([5 * MINUTE_MS, 3 * DAY_MS, 8 * YEAR_MS]));

/** What goes wrong in this history, and how often: all at once would hide one behind the other. */
function stepMaker(random: Random, devices: readonly DevicePlan[]): () => Step {
  const sometimes = (weight: number): number => (random.chance(0.5) ? weight : 0);
  const weights = {
    edit: 80,
    undo: sometimes(4),
    sync: 30,
    look: random.pick([0, 0, 1, 5]),
    restart: sometimes(8),
    crash: random.pick([0, 0, 5, 20]),
    clock: random.chance(0.2) ? 3 : 0,
    offline: sometimes(5),
    'disk full': random.chance(0.25) ? 3 : 0,
    'back up': 0,
    'restore backup': 0,
    evict: sometimes(6),
    snapshot: 0,
    'roll back': 0,
    quota: random.chance(0.15) ? 2 : 0,
    remove: random.chance(0.15) ? 1 : 0,
    role: devices.length > 2 && random.chance(0.15) ? 2 : 0,
    wipe: random.chance(0.06) ? 0.7 : 0,
    months: random.chance(0.08) ? 1 : 0,
    lose: random.chance(0.3) ? 2 : 0,
  };
  if (random.chance(0.15)) Object.assign(weights, { snapshot: 2, 'roll back': 2 });
  if (random.chance(0.12)) Object.assign(weights, { 'back up': 3, 'restore backup': 2 });
  const waitMs = random.pick([waitOf(300), waitOf(3 * SECOND_MS), waitOf(MINUTE_MS)]);
  // Few rows: everyone is in everyone's way. Many: what is lost in one is not made good by the next edit.
  const rows = random.pick([1, 3, 6, 40]);
  const edit = editMaker(random, rows);

  let burst: Action | null = null;
  return () => {
    // Someone is typing: the next edit comes while the one before is on its way.
    if (burst?.do === 'edit' && random.chance(0.3)) {
      const again = { ...edit(burst.device, devices[burst.device]?.isNewer ?? false, burst) };
      return { waitMs: random.below(200), ...again };
    }
    const device = random.below(devices.length);
    const action = ((): Action => {
      const kind = weighted(random, weights);
      switch (kind) {
        case 'edit':
          return edit(device, devices[device]?.isNewer ?? false);
        case 'crash':
          return { do: kind, device, transaction: random.below(40), isBefore: random.chance(0.5) };
        case 'clock':
          return { do: kind, device, byMs: skew(random) };
        case 'offline':
        case 'disk full':
          return { do: kind, device, forMs: waitMs(random) * 10 };
        case 'evict':
          return { do: kind, afterWrites: random.chance(0.7) ? random.below(8) : null };
        case 'quota':
          return { do: kind, rows: random.below(rows * 2), forMs: waitMs(random) * 20 };
        case 'snapshot':
        case 'roll back':
        case 'wipe':
          return { do: kind };
        case 'months':
          return { do: kind, forMs: (60 + random.below(200)) * DAY_MS };
        case 'role':
          return { do: kind, device, role: random.pick(['viewer', 'viewer', 'editor']) };
        case 'remove':
          return { do: kind, by: random.below(devices.length), device };
        case 'sync':
        case 'look':
        case 'lose':
        case 'undo':
        case 'restart':
        case 'back up':
        case 'restore backup':
          return { do: kind, device };
      }
    })();
    burst = action;
    return { waitMs: waitMs(random), ...action };
  };
}

const waitOf =
  (typicalMs: number) =>
  (random: Random): number =>
    random.chance(0.03)
      ? random.below(2 * DAY_MS)
      : Math.round(typicalMs * 2 * random.next() * random.next());
