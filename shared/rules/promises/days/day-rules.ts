import type { Calendar } from './calendar.ts';
import { dateRules } from './date-rules.ts';
import type { DayLanguage, Unit } from './day-words.ts';
import type { ReadDays } from './find-days.ts';
import { dayAfter, weekdayAhead, weekdayOfNextWeek } from './next-day.ts';
import { dayOfPeriod, type Period } from './periods.ts';
import { createKit, meaningIn, rule, type Groups, type RuleKit } from './rule-kit.ts';

/** The ways a language names a day. Where two are as long, the first has read it. */
export function dayRules(language: DayLanguage): readonly ReadDays[] {
  const kit = createKit(language);
  return [
    ...dateRules(kit),
    ...weekdayRules(kit),
    ...periodRules(kit),
    ...dayFromTodayRules(kit),
    ...amountRules(kit),
  ];
}

/** "Friday", "next Friday", "Friday next week". */
function weekdayRules({ words, isSpaced, list, table }: RuleKit): readonly ReadDays[] {
  const { weekdays, nextBefore, nextAfter, thisBefore, thisAfter } = words;
  if (weekdays === undefined) return [];
  const gap = isSpaced ? String.raw`\s+` : String.raw`\s*`;
  const ahead = (name: string, phrases: string | undefined): string =>
    phrases === undefined ? '' : `(?:(?<${name}>${list(phrases)})${gap})?`;
  const behind = (name: string, phrases: string | undefined): string =>
    phrases === undefined ? '' : `(?:${gap}(?<${name}>${list(phrases)}))?`;
  const source =
    ahead('next1', nextBefore) +
    ahead('this1', thisBefore) +
    table('weekday', weekdays) +
    behind('next2', nextAfter) +
    behind('this2', thisAfter);
  return [
    rule(source, (groups, calendar) => {
      const weekday = Number(meaningIn(groups, 'weekday', weekdays));
      const isNext = groups['next1'] !== undefined || groups['next2'] !== undefined;
      return (isNext ? weekdayOfNextWeek : weekdayAhead)(weekday, calendar);
    }),
  ];
}

/** "This week", "the end of next month"; one rule for each, so that the longest can win. */
const periodRules = ({ words, isPersian, list }: RuleKit): readonly ReadDays[] =>
  Object.entries(words.periods ?? {}).map(([name, phrases]) =>
    // The table's type says that these are all.
    rule(list(phrases), (_, calendar) => dayOfPeriod(name as Period, calendar, isPersian)),
  );

/** "Today", "the day after tomorrow". */
const dayFromTodayRules = ({ words, list }: RuleKit): readonly ReadDays[] =>
  Object.entries(words.days ?? {}).map(([days, phrases]) =>
    rule(list(phrases), (_, { today }) => today + Number(days)),
  );

/** "In two weeks", "within 3 working days": by then, so it is a deadline. */
function amountRules({ words, isSpaced, list, table }: RuleKit): readonly ReadDays[] {
  const { numbers, units, amounts, amountBefore, amountAfter } = words;
  const space = isSpaced ? String.raw`\s*` : '';
  const number = `(?:(?<figure>(?<!\\d)\\d{1,3})|${table('number', numbers)})`;
  const amount = `(?:${number}${space}${table('unit', units)}|${table('amount', amounts)})`;
  const resolve = (groups: Groups, calendar: Calendar): number | null => {
    const whole = meaningIn(groups, 'amount', amounts)?.split(' ');
    const unit = whole?.[1] ?? meaningIn(groups, 'unit', units);
    const count = whole?.[0] ?? groups['figure'] ?? meaningIn(groups, 'number', numbers);
    return unit === undefined ? null : dayAfter(Number(count), unit as Unit, calendar);
  };
  return [
    ...(amountBefore === undefined
      ? []
      : [rule(`${list(amountBefore)}\\s*${amount}`, resolve, true)]),
    ...(amountAfter === undefined
      ? []
      : [rule(`${amount}\\s*${list(amountAfter)}`, resolve, true)]),
  ];
}
