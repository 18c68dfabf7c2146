import '../../ui/tokens.css';
import '../../ui/base.css';
import '../../features/palette/palette.css';
import './popup.css';
import { render } from 'preact';
import { browser } from 'wxt/browser';
import type { BookSource } from '../../db/book-source.ts';
import { askForPersistence } from '../../db/open.ts';
import { readGlance, type Glance } from '../../features/today/glance.ts';
import { pickLanguage } from '../../locales/load.ts';
import { once } from '../../messaging/once.ts';
import { loadOwnLanguage } from '../../page/own-language.ts';
import { translatedPage } from '../../page/page.ts';
import type { Language } from '../../ui/translate.ts';
import { Popup } from './Popup.tsx';

/** The database's code is half of all the popup has to load: it comes after the first paint. */
const openBook = once(async (): Promise<BookSource> => {
  const { openBookSource } = await import('../../db/book-source.ts');
  return openBookSource();
});

const root = document.querySelector('#root');
if (root) {
  void start(root);
}

async function start(into: Element): Promise<void> {
  const glance = await readGlance(Date.now());
  const page = translatedPage(document, await languageOf(glance));
  render(<Popup page={page} glance={glance} openBook={openBook} />, into);
  void askForPersistence(navigator.storage);
}

async function languageOf(glance: Glance | null): Promise<Language> {
  if (glance) return glance.language;
  // A database that cannot be read is explained by the list, in the browser's language.
  const chosen = await openBook()
    .then((book) => book.chosenLanguage())
    .catch(() => null);
  return loadOwnLanguage(pickLanguage(chosen, browser.i18n.getUILanguage()));
}
