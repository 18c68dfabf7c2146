import type { ClientMark } from '../../db/marks-query.ts';

export type { ClientMark } from '../../db/marks-query.ts';

export type ListMarksMessages = {
  /** One question for all the addresses of a list; answered in their order, null for who is unknown. */
  'marks.read': [{ readonly addresses: readonly string[] }, readonly (ClientMark | null)[]];
};
