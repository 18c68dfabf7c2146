/** Sentences of an email's text, without what its writer only quotes. */
export function sentencesOf(text: string): readonly string[] {
  return paragraphsOf(withoutQuoted(text))
    .flatMap((paragraph) => paragraph.split(SENTENCE_END))
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '' && sentence.length <= MAX_SENTENCE);
}

/** A longer one is no sentence that a person wrote; and looking through it would take long. */
const MAX_SENTENCE = 500;

/** What follows is somebody's earlier message. */
const REPLY_HEADER =
  /^(?:-{2,}\s*\S.*-{2,}|_{10,}|(?:from|von|lähettäjä|od|发件人|寄件者|מאת|از)\s*[:：].*|.{0,200}(?:wrote|kirjoitti|napisał\(?a?\)?|写道|כתב\/?ה?|נכתב על ידי|نوشت)\s*[:：])\s*$/iu;

function withoutQuoted(text: string): string {
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  const header = lines.findIndex((line) => REPLY_HEADER.test(line.trim()));
  return (header < 0 ? lines : lines.slice(0, header))
    .map((line) => (/^\s*[>|]/.test(line) ? '' : line))
    .join('\n');
}

/** Narrower than this, a line ended because its writer wanted it to. */
const WRAPPED_LINE = 55;

/** Lines that the mail program has broken belong together again. */
function paragraphsOf(text: string): readonly string[] {
  const paragraphs: string[] = [];
  let last = '';
  for (const line of text.split('\n').map((each) => each.trim())) {
    const isContinued = last.length >= WRAPPED_LINE && line !== '' && !/^[-*•\d\p{Lu}]/u.test(line);
    if (isContinued) paragraphs.push(`${paragraphs.pop() ?? ''} ${line}`);
    else paragraphs.push(line);
    last = line;
  }
  return paragraphs;
}

/** Behind these a dot ends no sentence. */
const ABBREVIATIONS =
  '[Mm]r|[Mm]rs|[Mm]s|[Dd]r|[Ss]t|[Nn]o|[Nn]r|vs|etc|approx|[Tt]el|[Ee]sim|[Kk]lo|[Pp]uh|ns|ent|np|tzn|ul|[Pp]rof|[Mm]gr|[Ii]nż|godz|wg|tys|ca';

/**
 * After a mark that ends a sentence. A dot ends none behind a number ("3.12."), an initial or an
 * abbreviation, or before a small letter.
 */
const SENTENCE_END = new RegExp(
  [
    String.raw`(?<=[!?؟。！？…]["”»’')]{0,3})\s*(?=\S)`,
    String.raw`(?<=\p{L}{2}\.["”»’')]{0,3})(?<!(?<!\p{L})(?:${ABBREVIATIONS})\.)\s+(?=["“„«(]?[\p{Lu}\p{Lo}\d])`,
    String.raw`(?<=\d\.)\s+(?=\p{Lu}\p{Ll}+\s\p{Ll})`,
  ].join('|'),
  'u',
);
