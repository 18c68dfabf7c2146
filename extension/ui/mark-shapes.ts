import type { Strength } from '../../shared/rules/cadence.ts';

/** A circle, a diamond or a triangle, in a field of 12 by 12: each meaning has a shape of its own. */
export const MARK_SHAPES: Readonly<Record<Strength, string>> = {
  none: 'M6 1.2a4.8 4.8 0 1 0 0 9.6a4.8 4.8 0 0 0 0-9.6',
  due: 'M6 .8L11.2 6L6 11.2L.8 6z',
  overdue: 'M6 .9L11.6 10.9H.4z',
};
