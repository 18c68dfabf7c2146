import { readAccount } from './read-account.ts';
import { peopleOf } from './read-list.ts';
import { LIST_ROW, threadRules } from './selectors.ts';

export interface ForeseeOptions {
  readonly document: Document;
  readonly signal: AbortSignal;
  /** Called with the one other person of the thread that is about to open. */
  readonly onPerson: (address: string) => void;
}

/**
 * A press on a row of the list says who comes next, a tenth of a second and a fetch before the
 * thread is there. Where more than one other person is in the row, who comes first is not known.
 */
export function foreseeGmail({ document, signal, onPerson }: ForeseeOptions): void {
  const read = ({ target }: Event): void => {
    try {
      const row = target instanceof Element ? target.closest(LIST_ROW) : null;
      if (!row) return;
      const { address: account } = readAccount(document, threadRules.accounts);
      const addresses = [...peopleOf(row).people.keys()];
      const [person, another] = addresses.filter((address) => address !== account);
      if (person && !another) onPerson(person);
    } catch {
      // Nothing is foreseen, and the page goes on.
    }
  };
  document.addEventListener('pointerdown', read, { signal, capture: true, passive: true });
}
