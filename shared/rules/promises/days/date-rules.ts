import type { Calendar } from './calendar.ts';
import type { ReadDays } from './find-days.ts';
import { dateAhead, dateOfMonthAhead, lastOfMonthAhead } from './next-day.ts';
import { meaningIn, optional, rule, type Groups, type RuleKit } from './rule-kit.ts';

/** Not in the middle of a number, an amount of money or a version. */
const DATE = String.raw`(?<![\d.,:/])(?<date>\d{1,2})(?!\d)`;
const YEAR = String.raw`(?:[\s,]+(?<year>1[34]\d\d|20\d\d))?`;
const FULL_DATE = String.raw`(?<![\d-])(?<y>\d{4})[-/.](?<m>\d{1,2})[-/.](?<d>\d{1,2})(?!\d)`;

/** "2026-12-03", "3.12.", "the 3rd of December", "the 12th", "the end of December". */
export function dateRules(kit: RuleKit): readonly ReadDays[] {
  const { words, isPersian } = kit;
  const { months, dates, figures, dateBefore, endBefore, endAfter } = words;
  const rules = [rule(FULL_DATE, fullDate)];
  if (figures !== undefined) rules.push(rule(figuresSource(figures), dateInFigures));
  if (months !== undefined) {
    const month = kit.table('month', months);
    const after = optional(words.dateAfter);
    const before = dateBefore === undefined ? '' : `(?:(?:${dateBefore})\\s*-?)?`;
    const date = `(?:${before}${DATE}${after}|${kit.table('ordinal', dates)})`;
    const join = optional(words.dateJoin);
    rules.push(rule(`${date}${join}\\s*${month}${YEAR}`, namedDate));
    rules.push(rule(`${month}\\s*${before}${DATE}${after}${YEAR}`, namedDate));
    const isLast = (groups: Groups, { today }: Calendar): number | null =>
      lastOfMonthAhead(Number(meaningIn(groups, 'month', months)), today, isPersian);
    if (endBefore !== undefined) rules.push(rule(`${kit.list(endBefore)}\\s*${month}`, isLast));
    if (endAfter !== undefined) rules.push(rule(`${month}\\s*${kit.list(endAfter)}`, isLast));
  }
  if (dateBefore !== undefined) rules.push(rule(dateAloneSource(dateBefore), dateAlone));
  return rules;

  function dateAloneSource(before: string): string {
    const letters = kit.isSpaced ? String.raw`\p{L}` : '';
    const start = kit.isSpaced ? String.raw`(?<!\p{L})` : '';
    const after = words.dateAfter === undefined ? '' : `\\s*-?(?:${words.dateAfter})`;
    return `${start}(?:${before})\\s*-?${DATE}${after}(?![${letters}\\p{N}/]|[.,:]\\d)`;
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
    const date = Number(groups['date'] ?? meaningIn(groups, 'ordinal', dates));
    const month = Number(meaningIn(groups, 'month', months));
    const year = groups['year'] === undefined ? null : Number(groups['year']);
    return dateAhead({ date, month, year }, calendar, isPersian);
  }

  function dateAlone({ date }: Groups, calendar: Calendar): number | null {
    return dateOfMonthAhead(Number(date), calendar, isPersian);
  }
}

const figuresSource = (marks: string): string =>
  String.raw`(?<![\p{L}\d.,:/])(?<a>\d{1,2})(?<mark>[${marks}])(?<b>\d{1,2})` +
  String.raw`(?:\k<mark>(?<y>\d{4}|\d\d)?(?!\d))?(?![\d%])`;
