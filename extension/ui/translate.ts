import type catalogue from '../locales/en.json';

export type Catalogue = Readonly<Record<string, Message>>;
/** A text with `{name}` places, or one for each plural category of the language, chosen by `{n}`. */
type Message = string | Readonly<Record<string, string>>;
export type TextKey = keyof typeof catalogue;
export type Places = Readonly<Record<string, string | number>>;

export interface Language {
  readonly locale: string;
  readonly direction: 'ltr' | 'rtl';
  readonly catalogue: Catalogue;
}

export interface Translator {
  readonly locale: string;
  readonly direction: 'ltr' | 'rtl';
  text(key: TextKey, places?: Places): string;
  number(value: number): string;
  /** "3 minutes ago", "in 2 hours". */
  relative(value: number, unit: 'minute' | 'hour' | 'day'): string;
  /** "yesterday", "in 3 days": by local calendar days. */
  relativeDays(days: number): string;
  /** A short date such as "12 Nov", with the year when it is another one than `nowMs`'s. */
  date(instantMs: number, nowMs: number): string;
  /** Date and time in full, for what is shown on hover. */
  exact(instantMs: number): string;
}

const RTL_LANGUAGES = new Set(['he', 'fa', 'ar']);

export const directionOf = (locale: string): 'ltr' | 'rtl' =>
  RTL_LANGUAGES.has(locale.split('-')[0] ?? '') ? 'rtl' : 'ltr';

export function createTranslator({ locale, direction, catalogue }: Language): Translator {
  const plurals = new Intl.PluralRules(locale);
  const numbers = new Intl.NumberFormat(locale);
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  // Making a formatter takes longer than everything else on a card together: each is made once.
  const dayAndMonth = lazyDates(locale, { day: 'numeric', month: 'short' });
  const dayMonthAndYear = lazyDates(locale, { day: 'numeric', month: 'short', year: 'numeric' });
  const inFull = lazyDates(locale, { dateStyle: 'full', timeStyle: 'short' });
  const fill = (template: string, places: Places): string =>
    template.replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
      const value = places[name];
      if (value === undefined) return whole;
      return typeof value === 'number' ? numbers.format(value) : value;
    });
  return {
    locale,
    direction,
    text(key, places = {}) {
      const message = catalogue[key];
      if (message === undefined) return key;
      if (typeof message === 'string') return fill(message, places);
      const count = Number(places['n'] ?? 0);
      return fill(message[plurals.select(count)] ?? message['other'] ?? key, places);
    },
    number: (value) => numbers.format(value),
    relative: (value, unit) => relative.format(value, unit),
    relativeDays: (days) => relative.format(days, 'day'),
    date(instantMs, nowMs) {
      const isThisYear = new Date(instantMs).getFullYear() === new Date(nowMs).getFullYear();
      return (isThisYear ? dayAndMonth() : dayMonthAndYear()).format(instantMs);
    },
    exact: (instantMs) => inFull().format(instantMs),
  };
}

function lazyDates(locale: string, options: Intl.DateTimeFormatOptions): () => Intl.DateTimeFormat {
  let formatter: Intl.DateTimeFormat | undefined;
  return () => (formatter ??= new Intl.DateTimeFormat(locale, options));
}
