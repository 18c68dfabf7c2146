import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { languages } from '../../../extension/locales/load.ts';

type Message = string | Readonly<Record<string, string>>;
type Catalogue = Readonly<Record<string, Message>>;

const LOCALES_DIR = join(import.meta.dirname, '../../../extension/locales');
/** Characters of name and description that every extension store takes. */
const STORE_LIMITS = { extName: 45, extDescription: 132 } as const;
/** A conversation has no direction worth a word. */
const MAY_BE_EMPTY: ReadonlySet<string> = new Set(['direction_both']);

const codes = readdirSync(LOCALES_DIR)
  .filter((name) => name.endsWith('.json'))
  .map((name) => name.slice(0, -'.json'.length));

const read = (code: string): Catalogue =>
  JSON.parse(readFileSync(join(LOCALES_DIR, `${code}.json`), 'utf8')) as Catalogue;

const english = read('en');

const formsOf = (message: Message | undefined): Readonly<Record<string, string>> =>
  typeof message === 'string' ? { other: message } : (message ?? {});

const placesIn = (text = ''): readonly string[] =>
  [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? ''))].sort();

/** What is left of a text when its places are taken out: every brace in it is a mistake. */
const withoutPlaces = (text: string): string => text.replaceAll(/\{\w+\}/g, '');

it('there is one catalogue for each language on offer', () => {
  expect(codes.sort()).toEqual([...languages].sort());
});

describe.each(codes)('the catalogue %s', (code) => {
  const catalogue = read(code);
  const messages = Object.entries(catalogue);
  const texts = messages.flatMap(([key, message]) =>
    Object.entries(formsOf(message)).map(([form, text]) => ({ key, form, text })),
  );

  it('has the keys of the English one, in its order', () => {
    expect(Object.keys(catalogue)).toEqual(Object.keys(english));
  });

  it('has the English places in each message', () => {
    for (const [key, message] of messages) {
      const places = placesIn(formsOf(message)['other']);
      expect(places, key).toEqual(placesIn(formsOf(english[key])['other']));
    }
  });

  it('leaves out nothing but the number in the other plural forms', () => {
    for (const { key, form, text } of texts) {
      const known = placesIn(formsOf(english[key])['other']);
      const places = placesIn(text);
      expect(known, `${key}.${form}`).toEqual(expect.arrayContaining([...places]));
      const missing = known.filter((place) => place !== 'n' && !places.includes(place));
      expect(missing, `${key}.${form}`).toEqual([]);
    }
  });

  it('has no broken places', () => {
    for (const { key, form, text } of texts) {
      expect(withoutPlaces(text), `${key}.${form}`).not.toMatch(/[{}]/);
    }
  });

  it('counts with exactly the plural categories of its language', () => {
    const categories = new Intl.PluralRules(code).resolvedOptions().pluralCategories.sort();
    for (const [key, message] of messages) {
      if (typeof message === 'string') continue;
      expect(Object.keys(message).sort(), key).toEqual(categories);
      expect(placesIn(message['other']), key).toContain('n');
    }
  });

  it('counts where English counts', () => {
    const strings = messages.filter(([, message]) => typeof message === 'string');
    const uncounted = strings.map(([key]) => key).filter((key) => typeof english[key] === 'object');
    expect(uncounted).toEqual([]);
  });

  it('says something everywhere', () => {
    for (const { key, form, text } of texts) {
      if (!MAY_BE_EMPTY.has(key)) expect(text.trim(), `${key}.${form}`).not.toBe('');
    }
  });

  it.each(Object.entries(STORE_LIMITS))('keeps %s within %i characters', (key, limit) => {
    const text = catalogue[key];
    expect(text).toBeTypeOf('string');
    expect(text?.length).toBeLessThanOrEqual(limit);
  });
});
