import { pattern } from '../words.ts';
import type { Calendar } from './calendar.ts';
import type { DayLanguage, Unit } from './day-words.ts';
import type { NamedDay, ReadDays } from './find-days.ts';
import {
  dateAhead,
  dateOfMonthAhead,
  dayAfter,
  weekdayAhead,
  weekdayOfNextWeek,
} from './next-day.ts';
import { dayOfPeriod, type Period } from './periods.ts';

type Groups = Readonly<Record<string, string | undefined>>;
type Entries = Readonly<Record<string, string | undefined>>;

/** Not in the middle of a number, an amount of money or a version. */
const DATE = String.raw`(?<![\d.,:/])(?<date>\d{1,2})(?!\d)`;

/** The ways a language names a day, the surest first: where two overlap, the first has read it. */
export function dayRules(language: DayLanguage): readonly ReadDays[] {
  const { words, script } = language;
  const gap = script.isSpaced ? String.raw`\s+` : String.raw`\s*`;
  const list = (phrases = ''): string => pattern(phrases, script);
  const table = (name: string, entries: Entries = {}): string => {
    const groups = Object.values(entries).map((each, at) => `(?<${name}${at}>${list(each)})`);
    return groups.length === 0 ? '(?!)' : `(?:${groups.join('|')})`;
  };
  const maybe = (source: string | undefined, around = '\\s*'): string =>
    source === undefined ? '' : `(?:${around}(?:${source}))?`;
  const { isPersian = false, months, numbers, units, amounts, weekdays, periods, days } = words;

  return [
    rule(String.raw`(?<![\d-])(?<y>\d{4})[-/.](?<m>\d{1,2})[-/.](?<d>\d{1,2})(?!\d)`, fullDate),
    words.figures === undefined ? null : rule(figures(words.figures), dateInFigures),
    months &&
      rule(
        `(?:${led(DATE)}${maybe(words.dateAfter)}|${table('ordinal', words.dates)})${maybe(words.dateJoin)}\\s*${table('month', months)}${YEAR}`,
        namedDate,
      ),
    months &&
      rule(`${table('month', months)}\\s*${led(DATE)}${maybe(words.dateAfter)}${YEAR}`, namedDate),
    weekdays && rule(weekdaySource(), weekday),
    periods && rule(table('period', periods), period),
    days && rule(table('day', days), dayFromToday),
    words.amountBefore === undefined
      ? null
      : rule(`${list(words.amountBefore)}\\s*${amount()}`, amountAhead),
    words.amountAfter === undefined
      ? null
      : rule(`${amount()}\\s*${list(words.amountAfter)}`, amountAhead),
    words.dateBefore === undefined ? null : rule(dateOfMonth(words.dateBefore), dateAlone),
  ].filter((each) => each !== null && each !== undefined);

  function led(source: string): string {
    return words.dateBefore === undefined ? source : `(?:(?:${words.dateBefore})\\s*-?)?${source}`;
  }

  function dateOfMonth(before: string): string {
    const after = words.dateAfter === undefined ? '' : `\\s*-?(?:${words.dateAfter})`;
    const start = script.isSpaced ? '(?<!\\p{L})' : '';
    return `${start}(?:${before})\\s*-?${DATE}${after}(?![${script.isSpaced ? '\\p{L}' : ''}\\p{N}/]|[.,:]\\d)`;
  }

  function amount(): string {
    const space = script.isSpaced ? '\\s*' : '';
    const number = `(?:(?<figure>(?<!\\d)\\d{1,3})|${table('number', numbers)})`;
    return `(?:${number}${space}${table('unit', units)}|${table('amount', amounts)})`;
  }

  function weekdaySource(): string {
    const ahead = (name: string, phrases: string | undefined): string =>
      phrases === undefined ? '' : `(?:(?<${name}>${list(phrases)})${gap})?`;
    const behind = (name: string, phrases: string | undefined): string =>
      phrases === undefined ? '' : `(?:${gap}(?<${name}>${list(phrases)}))?`;
    return (
      ahead('next1', words.nextBefore) +
      ahead('this1', words.thisBefore) +
      table('weekday', weekdays) +
      behind('next2', words.nextAfter) +
      behind('this2', words.thisAfter)
    );
  }

  function fullDate({ y, m, d }: Groups, calendar: Calendar): number | null {
    return dateAhead({ year: Number(y), month: Number(m), date: Number(d) }, calendar, isPersian);
  }

  function dateInFigures({ a, b, y, mark }: Groups, calendar: Calendar): number | null {
    const [date, month] = mark === '/' && calendar.isMonthFirst ? [b, a] : [a, b];
    const year = y === undefined ? null : Number(y) + (y.length === 2 ? 2000 : 0);
    return dateAhead({ date: Number(date), month: Number(month), year }, calendar, isPersian);
  }

  function namedDate(groups: Groups, calendar: Calendar): number | null {
    const month = Number(meaningIn(groups, 'month', months));
    const year = groups['year'] === undefined ? null : Number(groups['year']);
    const date = Number(groups['date'] ?? meaningIn(groups, 'ordinal', words.dates));
    return dateAhead({ date, month, year }, calendar, isPersian);
  }

  function amountAhead(groups: Groups, calendar: Calendar): number | null {
    const whole = meaningIn(groups, 'amount', amounts)?.split(' ');
    const unit = whole?.[1] ?? meaningIn(groups, 'unit', units);
    const count = whole?.[0] ?? groups['figure'] ?? meaningIn(groups, 'number', numbers);
    // The tables' type says that these are all.
    return unit === undefined ? null : dayAfter(Number(count), unit as Unit, calendar);
  }

  function weekday(groups: Groups, calendar: Calendar): number {
    const wanted = Number(meaningIn(groups, 'weekday', weekdays));
    const isNext = groups['next1'] !== undefined || groups['next2'] !== undefined;
    return (isNext ? weekdayOfNextWeek : weekdayAhead)(wanted, calendar);
  }

  function period(groups: Groups, calendar: Calendar): number | null {
    const name = meaningIn(groups, 'period', periods);
    return name === undefined ? null : dayOfPeriod(name as Period, calendar, isPersian);
  }

  function dayFromToday(groups: Groups, { today }: Calendar): number {
    return today + Number(meaningIn(groups, 'day', days));
  }

  function dateAlone({ date }: Groups, calendar: Calendar): number | null {
    return dateOfMonthAhead(Number(date), calendar, isPersian);
  }
}

const YEAR = String.raw`(?:[\s,]+(?<year>1[34]\d\d|20\d\d))?`;

const figures = (marks: string): string =>
  String.raw`(?<![\p{L}\d.,:/])(?<a>\d{1,2})(?<mark>[${marks}])(?<b>\d{1,2})` +
  String.raw`(?:\k<mark>(?<y>\d{4}|\d\d)?(?!\d))?(?![\d%])`;

function rule(
  source: string,
  resolve: (groups: Groups, calendar: Calendar) => number | null,
): ReadDays {
  const regex = new RegExp(source, 'gu');
  return (text, calendar) => {
    const named: NamedDay[] = [];
    for (const match of text.matchAll(regex)) {
      const day = resolve(match.groups ?? {}, calendar);
      const start = match.index;
      if (day !== null) named.push({ start, end: start + match[0].length, day });
    }
    return named;
  };
}

/** Which of the table's meanings took part in the match; the groups are numbered in its order. */
function meaningIn(groups: Groups, name: string, entries: Entries = {}): string | undefined {
  return Object.keys(entries).find((_, at) => groups[`${name}${at}`] !== undefined);
}
