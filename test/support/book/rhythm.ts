import type { Random } from './random.ts';

/** How a client's touches lie in time. */
export type Pattern = 'regular' | 'bursts' | 'fading' | 'seasonal' | 'lost' | 'never';

export const DAY_MS = 86_400_000;
const YEAR_DAYS = 365;
const SEASON_DAYS = 60;

interface Period {
  readonly now: number;
  readonly createdAt: number;
  readonly count: number;
  readonly pattern: Pattern;
}

/** `count` instants between `createdAt` and now, oldest first, mostly in working hours. */
export function rhythm(random: Random, { now, createdAt, count, pattern }: Period): Float64Array {
  const instants = new Float64Array(count);
  const today = Math.floor(now / DAY_MS);
  const firstDay = Math.ceil(createdAt / DAY_MS);
  const lastDay = Math.max(firstDay, lastDayOf(random, pattern, today, firstDay, count));
  const span = lastDay - firstDay;
  const place = placerOf(random, pattern, span);
  for (let index = 0; index < count; index++) {
    const share = count === 1 ? 1 : index / (count - 1);
    const day = firstDay + Math.min(span, Math.max(0, place(share, count)));
    instants[index] = Math.min(now, workingTime(random, day));
  }
  return instants.sort();
}

/** Fading and lost clients end before today; for the others it depends on how often we speak. */
function lastDayOf(
  random: Random,
  pattern: Pattern,
  today: number,
  firstDay: number,
  count: number,
): number {
  const interval = (today - firstDay) / Math.max(1, count);
  if (pattern === 'lost') return today - 200 - random.below(700);
  if (pattern === 'fading') return today - Math.round(interval * (1 + 4 * random.next()));
  // Up to one and a half intervals ago: some are due, few are late.
  return today - Math.round(Math.min(interval, 120) * 1.5 * random.next());
}

/** Where in the span of days the share (0 to 1) of a client's touches lies. */
function placerOf(
  random: Random,
  pattern: Pattern,
  span: number,
): (share: number, count: number) => number {
  switch (pattern) {
    case 'bursts': {
      // A project every half year or so, and silence between.
      const bursts = Math.max(1, Math.round(span / (120 + random.below(120))));
      const length = span / bursts;
      return (share) => {
        const burst = Math.min(bursts - 1, Math.floor(share * bursts));
        return Math.round((burst + 1) * length - random.next() * length * 0.25);
      };
    }
    case 'fading':
      return (share) => Math.round(share ** 1.8 * span);
    case 'seasonal': {
      const season = random.below(YEAR_DAYS);
      return (share) => {
        const day = share * span;
        const year = Math.floor((day - season) / YEAR_DAYS);
        const inSeason = season + year * YEAR_DAYS + random.below(SEASON_DAYS);
        return Math.round(inSeason < 0 ? day : inSeason);
      };
    }
    default:
      return (share, count) => Math.round(share * span + (random.jitter() * span * 0.35) / count);
  }
}

/** Eight to six, and mostly on the Monday instead of at the weekend. */
function workingTime(random: Random, day: number): number {
  const weekday = (day + 4) % 7;
  const shift = weekday === 6 ? 2 : weekday === 0 ? 1 : 0;
  const workday = shift > 0 && random.chance(0.9) ? day + shift : day;
  return workday * DAY_MS + 8 * 3_600_000 + random.below(36_000) * 1000;
}
