import { browser, type Browser } from 'wxt/browser';
import type { Found } from '../../db/search-query.ts';
import { clientHash, findHash } from '../../page/client-hash.ts';
import { extensionUrl } from '../../page/extension-url.ts';

export interface Suggestion {
  /** What the address bar holds when the line is chosen, and gives back on Enter. */
  readonly content: string;
  readonly description: string;
  readonly clientId: string;
}

/** As many as a browser shows. */
const MAX_SUGGESTIONS = 6;

/** A line for each client. Where two have one name, the people tell them apart. */
export function suggestionsFor(found: readonly Found[]): readonly Suggestion[] {
  return found.slice(0, MAX_SUGGESTIONS).map(({ clientId, name, people }) => {
    const isAlone = found.filter((other) => other.name === name).length === 1;
    const person = people[0] ?? '';
    return {
      clientId,
      content: isAlone || person === '' ? name : `${name} ${person}`,
      description: [name, ...people.slice(0, 2)].join(' · '),
    };
  });
}

/** The dashboard's part that a line of the address bar leads to: a client, or the search for one. */
export function placeFor(text: string, found: readonly Found[]): string {
  const suggestions = suggestionsFor(found);
  const chosen = suggestions.filter(({ content }) => content === text.trim());
  const [only, ...others] = chosen.length > 0 ? chosen : suggestions;
  return only && others.length === 0 ? clientHash(only.clientId) : findHash(text.trim());
}

declare module 'wxt/browser' {
  // `_locales` is generated from our catalogues, where WXT does not look for its keys.
  interface WxtI18n {
    getMessage(messageName: 'extOmnibox'): string;
  }
}

type Disposition = `${Browser.omnibox.OnInputEnteredDisposition}`;

interface OmniboxDeps {
  readonly search: (text: string) => Promise<readonly Found[]>;
  readonly open: (hash: string, disposition: Disposition) => Promise<void>;
  /** Chromium reads a description as XML. */
  readonly isXml: boolean;
}

/** The keyword in the address bar: names of clients while one types, the client on Enter. */
export function answerOmnibox(
  omnibox: typeof Browser.omnibox,
  { search, open, isXml }: OmniboxDeps,
): void {
  // The first line, which is what was typed; in the browser's language, as the words around it.
  void omnibox.setDefaultSuggestion({ description: browser.i18n.getMessage('extOmnibox') });
  const shown = (text: string): string => (isXml ? escapeXml(text) : text);
  omnibox.onInputChanged.addListener((text, suggest) => {
    void search(text).then((found) =>
      suggest(
        suggestionsFor(found).map(({ content, description }) => ({
          content,
          description: shown(description),
        })),
      ),
    );
  });
  omnibox.onInputEntered.addListener((text, disposition) => {
    void search(text).then((found) => open(placeFor(text, found), disposition));
  });
}

/** Where the browser's own results would open. */
export async function openInTab(hash: string, disposition: Disposition): Promise<void> {
  const url = extensionUrl(`/dashboard.html${hash}`);
  if (disposition === 'currentTab') await browser.tabs.update({ url });
  else await browser.tabs.create({ url, active: disposition === 'newForegroundTab' });
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

const escapeXml = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (letter) => ENTITIES[letter] ?? letter);
