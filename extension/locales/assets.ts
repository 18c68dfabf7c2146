import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { english } from '../../shared/rules/typed-line/en.ts';
import { hebrew } from '../../shared/rules/typed-line/he.ts';
import type { TypedLineWords } from '../../shared/rules/typed-line/language.ts';
import type { LanguageCode } from './load.ts';

interface GeneratedFile {
  readonly relativeDest: string;
  readonly contents: string;
}

const LOCALES_DIR = import.meta.dirname;
/** Catalogue keys that the browser itself shows, so they must also be in its own format. */
const MANIFEST_PREFIXES = ['ext', 'command'] as const;
const TYPED_LINES = { en: english, he: hebrew } satisfies Record<LanguageCode, TypedLineWords>;

/**
 * Build time only: the catalogues as files, the browser's `_locales`, the words of typed lines, and
 * the free-mail domains.
 */
export function addGeneratedAssets(files: unknown[]): void {
  const generated = [
    ...catalogues().flatMap(([language, text]) => filesOf(language, text)),
    ...Object.entries(TYPED_LINES).map(([language, words]) => ({
      relativeDest: `typed-line/${language}.json`,
      contents: JSON.stringify(words),
    })),
    freeMail(),
  ];
  files.push(...generated);
}

const catalogues = (): [string, string][] =>
  readdirSync(LOCALES_DIR)
    .filter((name) => name.endsWith('.json'))
    .map((name) => [name.slice(0, -'.json'.length), readFileSync(join(LOCALES_DIR, name), 'utf8')]);

function filesOf(language: string, text: string): GeneratedFile[] {
  const catalogue = JSON.parse(text) as Record<string, unknown>;
  const messages = Object.fromEntries(
    Object.entries(catalogue)
      .filter(([key]) => MANIFEST_PREFIXES.some((prefix) => key.startsWith(prefix)))
      .map(([key, message]) => [key, { message }]),
  );
  return [
    { relativeDest: `locales/${language}.json`, contents: JSON.stringify(catalogue) },
    { relativeDest: `_locales/${language}/messages.json`, contents: JSON.stringify(messages) },
  ];
}

/** The package's full list, as a file that is read only when someone unknown is to be added. */
function freeMail(): GeneratedFile {
  const require = createRequire(import.meta.url);
  const path = join(dirname(require.resolve('email-providers/package.json')), 'all.json');
  return { relativeDest: 'free-mail.json', contents: readFileSync(path, 'utf8') };
}
