import type { Calendar } from './days/calendar.ts';
import type { PromiseLanguage } from './define-promises.ts';
import { fold } from './fold.ts';
import { isMeant, isQuestion } from './is-meant.ts';
import { phraseOf } from './phrase.ts';
import { CONFIDENCE, cuesIn, joined, stretchesOf } from './stretches.ts';

export interface ReadPromise {
  /** Not the writer's own, but the reader's, put on record. */
  readonly isReaders: boolean;
  readonly what: string;
  /** Days since 1970-01-01. */
  readonly day: number | null;
  readonly confidence: number;
}

const WITH_DAY = 0.2;

/** What one sentence promises in one language; mostly nothing, sometimes two things. */
export function readSentence(
  sentence: string,
  language: PromiseLanguage,
  calendar: Calendar,
): readonly ReadPromise[] {
  const folded = fold(sentence);
  const text = blankQuotes(folded.text);
  const cues = cuesIn(text, language);
  if (cues.length === 0 || isQuestion(text, language)) return [];
  const days = language.findDays(text, calendar);
  return joined(stretchesOf(text, cues, days, language))
    .filter((stretch) => isMeant(text, stretch, language))
    .map(({ cue, start, end, day, days }) => ({
      isReaders: cue.kind === 'owes',
      what: phraseOf(sentence, folded, { cue, start, end }, days, language),
      day: day?.day ?? null,
      confidence: CONFIDENCE[cue.kind] + (day ? WITH_DAY : 0),
    }));
}

const QUOTED = /"[^"]{8,}"|“[^”]{8,}”|”[^”]{8,}”|„[^”“]{8,}[”“]|«[^»]{8,}»|「[^」]{8,}」/gu;

/** What stands in quotation marks was said by someone, at some time. */
const blankQuotes = (text: string): string =>
  text.replaceAll(QUOTED, (quoted) => ' '.repeat(quoted.length));
