import { browser } from 'wxt/browser';
import {
  defineLanguage,
  type TypedLineLanguage,
  type TypedLineWords,
} from '../../../shared/rules/typed-line/language.ts';
import { SETTINGS_ID } from '../../../shared/model/settings.ts';
import type { MainstayDatabase } from '../../db/database.ts';
import { extensionUrl } from '../../page/extension-url.ts';
import { loadOwnLanguage } from '../../page/own-language.ts';
import { languages, pickLanguage } from '../../locales/load.ts';
import type { Language } from '../../ui/translate.ts';

/**
 * The language the user chose, else the browser's; that one too when the database cannot be read or
 * is `blocked`, since what is wrong with it has to be said in some language.
 */
export async function currentLanguage(
  db: MainstayDatabase,
  blocked: Promise<void>,
): Promise<Language> {
  const chosen = db.settings.get(SETTINGS_ID).then((settings) => settings?.language);
  const language = await Promise.race([chosen, blocked]).catch(() => undefined);
  const code = pickLanguage(language ?? undefined, browser.i18n.getUILanguage());
  return loadOwnLanguage(code);
}

/** A page of a host may not read the extension's files, so its panel is told how it looks. */
export const panelStyles = async (): Promise<string> =>
  (await fetch(extensionUrl('/assets/panel.css'))).text();

/** What the words of a typed line mean: in every language at once, because people mix them. */
export const lineLanguages = async (): Promise<readonly TypedLineLanguage[]> =>
  Promise.all(
    languages.map(async (code) => {
      const response = await fetch(extensionUrl(`/typed-line/${code}.json`));
      return defineLanguage((await response.json()) as TypedLineWords);
    }),
  );

/** Domains where anyone can have an address, so that nobody is matched by them. */
export async function freeMailDomains(): Promise<ReadonlySet<string>> {
  const response = await fetch(extensionUrl('/free-mail.json'));
  const domains: unknown = await response.json();
  return new Set(Array.isArray(domains) ? domains.filter((d) => typeof d === 'string') : []);
}
