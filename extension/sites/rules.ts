/** What the rules of every host are made of: each has a name and the month it was last seen working. */
export interface Named {
  /**
   * With a tilde before it, it serves where a newer rule does not match: when only such are left,
   * the page has changed.
   */
  readonly name: string;
  readonly seen: string;
}

export interface Rule extends Named {
  readonly selector: string;
}

export interface AttributeRule extends Rule {
  readonly attribute: string;
}

/** By the name in a reading's `via`: no newer rule answered. */
export const isFallback = (name: string): boolean => name.startsWith('~') || name === 'none';

/** One selector for all of them; for none, one that nothing matches. */
export const anyOf = (rules: readonly Rule[]): string =>
  rules.map(({ selector }) => selector).join(', ') || ':not(*)';
