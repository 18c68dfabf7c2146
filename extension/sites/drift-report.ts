import type { DriftReport } from './snapshot.ts';

const MAX_ELEMENTS = 600;
const MAX_LINES = 80;

interface Asked {
  readonly host: string;
  readonly missing: readonly string[];
  readonly root: Element | null;
  /** A selector for what people wrote: nothing of it is looked at. */
  readonly bodies: string;
}

/**
 * What a page looks like that we cannot read, for whoever mends the selectors: each kind of element
 * once, as depth, tag, names of attributes and how often. No text, no values, nothing of a body.
 */
export function driftReport({ host, missing, root, bodies }: Asked): DriftReport {
  const counts = new Map<string, number>();
  let left = MAX_ELEMENTS;
  try {
    if (root) visit(root, 0);
  } catch {
    // A form's fields can stand in for its own methods: then the report ends there.
  }
  const structure = [...counts].slice(0, MAX_LINES).map(([line, count]) => `${line} ×${count}`);
  return { host, missing, structure };

  function visit(element: Element, depth: number): void {
    if (left <= 0 || element.matches(bodies)) return;
    left -= 1;
    const names = element.getAttributeNames().sort().map(nameOnly).join(' ');
    const line = `${depth} ${nameOnly(element.localName)}[${names}]`;
    counts.set(line, (counts.get(line) ?? 0) + 1);
    for (const child of element.children) visit(child, depth + 1);
  }
}

/** A page may call an attribute or a tag anything, a sentence of somebody's included. */
const nameOnly = (name: string): string => (/^[a-z][a-z\d:_-]{0,39}$/.test(name) ? name : '?');
