import { foldText, type Found } from '../../db/search-query.ts';

/** Something to do, by its verb and object. */
export interface PaletteAction {
  readonly id: string;
  readonly label: string;
  /** The key that does the same without the palette. */
  readonly key?: string | undefined;
  readonly run: () => void;
}

export type Choice =
  | { readonly kind: 'client'; readonly client: Found }
  | { readonly kind: 'action'; readonly action: PaletteAction };

/** Clients beyond this many are found by one more letter. */
const MAX_CLIENTS = 7;

/**
 * What the text may mean. Without one, every action; else the actions that have each word of it,
 * those that begin with it before the rest, and the clients that were found. A client whose name
 * begins with the text stands before any action.
 */
export function choicesFor(
  text: string,
  actions: readonly PaletteAction[],
  found: readonly Found[],
): readonly Choice[] {
  const wanted = foldText(text);
  const words = wanted.split(/\s+/).filter(Boolean);
  const clients = found.slice(0, MAX_CLIENTS).map((client): Choice => ({ kind: 'client', client }));
  const matching = actions
    .map((action) => ({ action, label: foldText(action.label) }))
    .filter(({ label }) => words.every((word) => label.includes(word)));
  const first = matching.filter(({ label }) => label.startsWith(wanted));
  const rest = matching.filter(({ label }) => !label.startsWith(wanted));
  const asChoices = (list: typeof matching): readonly Choice[] =>
    list.map(({ action }) => ({ kind: 'action', action }));
  const isNamed = foldText(found[0]?.name ?? '').startsWith(wanted);
  return isNamed
    ? [...clients, ...asChoices(first), ...asChoices(rest)]
    : [...asChoices(first), ...clients, ...asChoices(rest)];
}
