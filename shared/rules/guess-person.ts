import { plainLine, plainText } from './plain-text.ts';

export interface GuessedPerson {
  /** Empty where nothing looked like one. */
  readonly name: string;
  readonly address: string;
}

const MAX_LETTERS = 5000;
const MAX_NAME = 80;
const ADDRESS = /[\p{L}\p{N}!#$%&*+/=?^_`{|}~.'-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/u;
/** What stands around a name: quotation marks, brackets, list signs, a greeting's comma. */
const EDGES = /^[\s"'“”„«»‹›()[\]<>,;:.|•·*–—-]+|[\s"'“”„«»‹›()[\]<>,;:|•·*–—-]+$/gu;
/** Words before an address that are about the address. */
const LABEL =
  /(?:^|[\s(|,;])(?:e-?mail|mail|mailto|from|to|cc|contact|sähköposti|od|do|kontakt|דוא"?ל|דואר אלקטרוני|מאת|אל|ایمیل|رایانامه|از|به|邮箱|邮件|电子邮件|发件人|收件人)\s*[:：]?\s*$/iu;
const LEADING_LABEL =
  /^(?:from|to|cc|name|contact|from:|nimi|od|do|מאת|אל|שם|از|به|نام|发件人|收件人|姓名)\s*[:：]\s*/iu;

/**
 * A name and an address from words that somebody selected: "Noa Levi <noa@levi.example>", a
 * signature, a line of a contact page. Only a suggestion: it is shown in fields before anything is
 * saved. Without an address, a name is taken only from a single short line.
 */
export function guessPerson(selected: string): GuessedPerson {
  const text = plainText(selected, MAX_LETTERS);
  const match = ADDRESS.exec(text);
  if (!match) return { name: nameIn(text.includes('\n') ? '' : text), address: '' };
  const address = match[0].replace(/^['.]+|[.']+$/g, '').toLowerCase();
  const lines = text.slice(0, match.index).split('\n');
  const beside = nameIn((lines.pop() ?? '').replace(LABEL, ''));
  // In a signature the name is the first line, over the role and the company.
  const above = lines.map(nameIn).find((line) => line !== '') ?? '';
  const after = nameIn(text.slice(match.index + match[0].length).split('\n')[0] ?? '');
  return { name: beside || above || after, address };
}

/** A line as a name, or empty: a sentence, a number or an address is none. */
function nameIn(line: string): string {
  const name = plainLine(line, 200).replace(LEADING_LABEL, '').replaceAll(EDGES, '');
  const isName =
    name.length >= 2 &&
    name.length <= MAX_NAME &&
    name.split(' ').length <= 5 &&
    /\p{L}{2}|\p{Script=Han}/u.test(name) &&
    !/[@\d:/?!。？！]|\. /u.test(name);
  return isName && startsLikeNames(name) ? name : '';
}

/** Where a script has capitals, the first and the last word of a name have one. */
function startsLikeNames(name: string): boolean {
  const words = name.split(' ');
  return [words[0], words.at(-1)].every((word = '') => !/^\p{Ll}/u.test(word));
}
