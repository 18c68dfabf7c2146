import { useState } from 'preact/hooks';
import { letterOf, panelKeys } from './panel-keys.ts';

export interface PanelKeys {
  readonly isSheetOpen: boolean;
  readonly toggleSheet: () => void;
  /** For the element, or the document, in which the keys act. */
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

const FIELDS = 'input, textarea, select';

export function usePanelKeys(onEscape: () => void): PanelKeys {
  const [isSheetOpen, setSheetOpen] = useState(false);
  const toggleSheet = (): void => setSheetOpen(!isSheetOpen);
  return {
    isSheetOpen,
    toggleSheet,
    onKeyDown(event) {
      const { key, currentTarget: place, target } = event;
      if (key === 'Escape') return isSheetOpen ? toggleSheet() : onEscape();
      // Nor does a letter that is held a moment too long log twice.
      if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || isField(target)) return;
      if (key === '?') return toggleSheet();
      const letter = letterOf(event);
      const wanted = panelKeys.find((each) => each.key === letter);
      if (!wanted || !(place instanceof Element || place instanceof Document)) return;
      const found = place.querySelector<HTMLElement>(wanted.selector);
      if (!found) return;
      // Or the letter would be the first one in the field that it leads to.
      event.preventDefault();
      if (isField(found)) found.focus();
      else found.click();
    },
  };
}

const isField = (target: EventTarget | null): boolean =>
  target instanceof Element && target.matches(FIELDS);
