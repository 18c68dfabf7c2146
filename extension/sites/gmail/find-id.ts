import type { AttributeRule } from '../rules.ts';

/** The first id that is painted: an empty attribute, or the word "undefined", is one that is not yet. */
export function findId<Rule extends AttributeRule>(
  root: Element,
  rules: readonly Rule[],
): { readonly element: Element; readonly id: string; readonly rule: Rule } | undefined {
  for (const rule of rules) {
    for (const element of root.querySelectorAll(rule.selector)) {
      const id = element.getAttribute(rule.attribute)?.toLowerCase() ?? '';
      if (/^[\da-f]+$/.test(id)) return { element, id, rule };
    }
  }
  return undefined;
}
