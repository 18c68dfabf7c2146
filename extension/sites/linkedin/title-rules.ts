export interface TitleRule {
  readonly name: string;
  readonly seen: string;
  readonly pattern: RegExp;
}

/** Newest first. A number in brackets before it counts unread news. */
export const titleRules: readonly TitleRule[] = [
  {
    // "Anna Virtanen - Head of Design - Brandt Metall | LinkedIn", also as the outside world sees it.
    name: 'name-and-headline',
    seen: '2026-09',
    pattern: /^(?:\(\d+\+?\)\s*)?(.+?)\s[-–—]\s.+\|\s*LinkedIn$/,
  },
  {
    name: 'name-alone',
    seen: '2026-09',
    pattern: /^(?:\(\d+\+?\)\s*)?([^|]+?)\s*\|\s*LinkedIn$/,
  },
];
