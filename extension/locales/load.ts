import { directionOf, type Catalogue, type Language } from '../ui/translate.ts';

export const languages = ['en', 'he'] as const;
export type LanguageCode = (typeof languages)[number];

/** The user's choice, else the browser's language, else English. */
export function pickLanguage(
  chosen: string | null | undefined,
  browserLanguage: string,
): LanguageCode {
  for (const wanted of [chosen, browserLanguage]) {
    const base = wanted?.toLowerCase().split('-')[0];
    const language = languages.find((code) => code === base);
    if (language) return language;
  }
  return 'en';
}

interface LoadDeps {
  readonly getUrl: (path: string) => string;
  readonly fetch: (url: string) => Promise<Response>;
}

/** Reads the catalogue from the extension's own files. */
export async function loadLanguage(code: LanguageCode, deps: LoadDeps): Promise<Language> {
  const response = await deps.fetch(deps.getUrl(`/locales/${code}.json`));
  const catalogue = (await response.json()) as Catalogue;
  return { locale: code, direction: directionOf(code), catalogue };
}
