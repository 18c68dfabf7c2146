import type { Detect, DetectOptions } from '../../../shared/rules/promises/detect.ts';
import type { Labelled } from './labelled.ts';

export interface Score {
  /** Of what was found, how much is a promise, with its direction and its day. */
  readonly precision: number;
  /** Of the promises, how many were found, with their direction and their day. */
  readonly recall: number;
  /** What went wrong, to be read. */
  readonly mistakes: readonly string[];
}

/** The surest candidate of each text counts, and it must be right about everything. */
export function scoreOf(
  detect: Detect,
  texts: readonly Labelled[],
  options: Omit<DetectOptions, 'author'>,
): Score {
  let found = 0;
  let right = 0;
  const mistakes: string[] = [];
  for (const { text, from, expected } of texts) {
    const [candidate] = detect(text, { ...options, author: from });
    if (candidate) found += 1;
    const isRight =
      candidate?.direction === expected?.direction && candidate?.day === expected?.day;
    if (isRight && expected) right += 1;
    if (!isRight) mistakes.push(`${text} → ${candidate ? candidate.day : 'nothing'}`);
  }
  const promises = texts.filter(({ expected }) => expected !== null).length;
  return { precision: right / found, recall: right / promises, mistakes };
}
