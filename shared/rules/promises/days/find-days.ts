import { pattern } from '../words.ts';
import { workdayUntil, type Calendar } from './calendar.ts';
import type { DayLanguage } from './day-words.ts';
import { dayRules } from './day-rules.ts';

/** A piece of the text that names a day, as days since 1970-01-01. */
export interface NamedDay {
  readonly start: number;
  readonly end: number;
  readonly day: number;
  /** As "within three days" says by itself. */
  readonly isDeadline?: boolean;
}

/** With the words around it: "by Friday" and "before the 10th" are deadlines. */
export type FoundDay = Required<NamedDay>;

/** Reads days out of a folded text; what was found stands in the order of the text. */
export type ReadDays = (text: string, calendar: Calendar) => readonly NamedDay[];
export type FindDays = (text: string, calendar: Calendar) => readonly FoundDay[];

/**
 * The days that a text names, today or later, each with the words around that belong to it. What the
 * language's own words leave unread goes to the library, where there is one for the language.
 */
export function createFindDays(language: DayLanguage, library?: ReadDays): FindDays {
  const own = dayRules(language);
  const frame = frames(language);
  return (text, calendar) => {
    const named: NamedDay[] = [];
    // The longest first: "Friday next week" is one day, and neither "Friday" nor "next week".
    const read = own.flatMap((rule) => rule(text, calendar));
    for (const day of read.toSorted((a, b) => lengthOf(b) - lengthOf(a))) {
      if (!overlaps(named, day)) named.push(day);
    }
    const unread = blankOut(text, named);
    for (const day of library?.(unread, calendar) ?? []) {
      if (!overlaps(named, day)) named.push(day);
    }
    return named.flatMap((day) => frame(text, day, calendar)).sort((a, b) => a.start - b.start);
  };
}

const lengthOf = ({ start, end }: NamedDay): number => end - start;

const overlaps = (named: readonly NamedDay[], { start, end }: NamedDay): boolean =>
  named.some((other) => start < other.end && other.start < end);

function blankOut(text: string, named: readonly NamedDay[]): string {
  let rest = text;
  for (const { start, end } of named)
    rest = rest.slice(0, start) + ' '.repeat(end - start) + rest.slice(end);
  return rest;
}

type Frame = (text: string, named: NamedDay, calendar: Calendar) => readonly FoundDay[];

/** Looks at the words right around a day: they make it a deadline, or no date at all. */
function frames({ words, script }: DayLanguage): Frame {
  const ahead = (list = ''): RegExp => new RegExp(`${pattern(list, script)}\\s*$`, 'u');
  const behind = (list = ''): RegExp => new RegExp(`^\\s*${pattern(list, script)}`, 'u');
  const on = ahead(words.onBefore);
  const by = ahead(words.byBefore);
  const before = ahead(words.before);
  const refused = ahead(words.notDateBefore);
  const late = behind(words.byAfter);
  const [lastAhead, lastBehind] = [ahead(words.lastBefore), behind(words.lastAfter)];
  return (text, { start, end, day, isDeadline = false }, { today, week }) => {
    const whole = text.slice(0, start);
    if (refused.test(whole) || lastAhead.test(whole) || lastBehind.test(text.slice(end))) return [];
    const between = on.exec(whole)?.index ?? start;
    // "Before the", "by on": the word that matters may stand behind one that does not.
    const lead = [whole, text.slice(0, between)].find((each) => before.test(each) || by.test(each));
    const strictly = lead === undefined ? null : before.exec(lead);
    const deadline = lead === undefined ? null : by.exec(lead.slice(0, strictly?.index));
    const behindIt = late.exec(text.slice(end));
    // The day before a Monday is a Sunday; what was promised "before Monday" is due on Friday.
    const due = strictly ? workdayUntil(day - 1, week) : day;
    if (due < today) return [];
    return [
      {
        start: deadline?.index ?? strictly?.index ?? between,
        end: end + (behindIt?.[0].length ?? 0),
        day: due,
        isDeadline: isDeadline || Boolean(deadline ?? strictly ?? behindIt),
      },
    ];
  };
}
