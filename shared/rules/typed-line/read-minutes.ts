import { isClean, type Found, type Line } from './line.ts';

const MOST_MINUTES = 24 * 60;

/** A duration that starts at this token: "15m", "1h30", "an hour and a half", "for 20 minutes". */
export function readMinutes(line: Line, at: number): Found<number> | null {
  const lead = line.skip('minutesLeads', at);
  const found = durationAt(line, lead) ?? (lead === at ? null : durationAt(line, at));
  if (found === null || !Number.isInteger(found.meaning)) return null;
  if (found.meaning < 1 || found.meaning > MOST_MINUTES || !isClean(line, at, found.end))
    return null;
  return line.find('notAfter', found.end) === null ? found : null;
}

const durationAt = (line: Line, at: number): Found<number> | null =>
  wholeAmount(line, at) ?? clockAmount(line, at) ?? unitAmount(line, at);

/** "half an hour"; after a full hour also "and a half" and "and ten minutes". */
function wholeAmount(line: Line, at: number): Found<number> | null {
  const amount = line.find('amounts', at);
  return amount !== null && amount.meaning % 60 === 0 ? withTail(line, amount) : amount;
}

/** "1:30h" */
function clockAmount(line: Line, at: number): Found<number> | null {
  const hours = line.digits(at);
  const minutes = line.isMark(at + 1, ':') ? line.digits(at + 2) : null;
  const unit = line.find('units', at + 3);
  if (hours === null || minutes === null || minutes > 59 || unit?.meaning !== 60) return null;
  return { meaning: hours * 60 + minutes, end: unit.end };
}

function unitAmount(line: Line, at: number): Found<number> | null {
  const count = countAt(line, at);
  if (count === null) return null;
  const fraction = line.find('fractions', count.end);
  const unit = line.find('units', fraction?.end ?? count.end);
  if (unit === null) return null;
  const minutes = count.meaning * unit.meaning;
  if (fraction !== null) {
    return unit.meaning === 60 ? { meaning: minutes + fraction.meaning, end: unit.end } : null;
  }
  const found = { meaning: minutes, end: unit.end };
  return unit.meaning === 60 ? withTail(line, found) : found;
}

/** A number in digits or words; "1.5" and "1,5" too, which only hours can make whole. */
export function countAt(line: Line, at: number): Found<number> | null {
  const start = line.afterPrefix(at);
  const whole = line.digits(start);
  if (whole === null) return line.find('numbers', at);
  if (line.isMark(start + 1, '.') || line.isMark(start + 1, ',')) {
    const part = line.tokens[start + 2];
    if (part?.as === 'number' && part.isGlued) {
      return { meaning: Number(`${whole}.${part.folded}`), end: start + 3 };
    }
  }
  return { meaning: whole, end: start + 1 };
}

/** What may follow hours: "30" directly behind, "30m", "and 30 minutes", "and a half". */
function withTail(line: Line, hours: Found<number>): Found<number> {
  const fraction = line.find('fractions', hours.end);
  if (fraction !== null) {
    return { meaning: hours.meaning + fraction.meaning, end: fraction.end };
  }
  const count = countAt(line, hours.end) ?? countAt(line, line.skip('joins', hours.end));
  if (count === null || count.meaning > 59 || !Number.isInteger(count.meaning)) return hours;
  const meaning = hours.meaning + count.meaning;
  const unit = line.find('units', count.end);
  if (unit?.meaning === 1) return { meaning, end: unit.end };
  const behind = line.tokens[hours.end];
  const isDirectlyBehind = unit === null && behind?.isGlued === true && behind.text.length === 2;
  return isDirectlyBehind ? { meaning, end: count.end } : hours;
}
