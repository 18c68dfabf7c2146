import { loadLanguage, type LanguageCode } from '../locales/load.ts';
import type { Language } from '../ui/translate.ts';
import { extensionUrl } from './extension-url.ts';

/** A catalogue from the extension's own files; not for content scripts, which may not read them. */
export const loadOwnLanguage = (code: LanguageCode): Promise<Language> =>
  loadLanguage(code, { getUrl: extensionUrl, fetch: (url) => fetch(url) });
