import type { Spread } from './statistics.ts';

/** One line of the table. Everything is in `unit`; what a figure has not got is null. */
export interface Figure {
  readonly name: string;
  readonly unit: string;
  readonly median: number;
  readonly p95: number | null;
  readonly samples: number;
  /** What could not be faster here, or the limit, measured in the same run. */
  readonly floor: number | null;
  readonly goals: readonly Goal[];
  readonly note?: string;
}

export interface Goal {
  readonly of: 'median' | 'p95' | 'ratio';
  /** At most this. */
  readonly limit: number;
}

export const ratioOf = ({ median, floor }: Figure): number | null =>
  floor === null || floor === 0 ? null : median / floor;

export function valueOf(figure: Figure, { of }: Goal): number | null {
  if (of === 'ratio') return ratioOf(figure);
  return figure[of];
}

export function isReached(figure: Figure): boolean {
  return figure.goals.every((goal) => {
    const value = valueOf(figure, goal);
    return value !== null && value <= goal.limit;
  });
}

/** A figure in milliseconds. */
export const timed = (
  name: string,
  spread: Spread,
  rest: Partial<Pick<Figure, 'floor' | 'goals' | 'note'>> = {},
): Figure => ({ name, unit: 'ms', ...spread, floor: null, goals: [], ...rest });

/** A figure that was taken once: a size, a rate. */
export const single = (
  name: string,
  unit: string,
  value: number,
  rest: Partial<Pick<Figure, 'floor' | 'goals' | 'note'>> = {},
): Figure => ({
  name,
  unit,
  samples: 1,
  median: value,
  p95: null,
  floor: null,
  goals: [],
  ...rest,
});
