import { expect, it } from 'vitest';
import type { Direction, InteractionKind } from '../../../shared/model/kinds.ts';
import { english } from '../../../shared/rules/typed-line/en.ts';
import { hebrew } from '../../../shared/rules/typed-line/he.ts';
import { defineLanguage } from '../../../shared/rules/typed-line/language.ts';
import { readTypedLine } from '../../../shared/rules/typed-line/typed-line.ts';
import type { Reading } from '../../../shared/rules/typed-line/reading.ts';

export const languages = [defineLanguage(english), defineLanguage(hebrew)] as const;
/** A Wednesday. */
export const TODAY = '2026-11-18';

export type Line = readonly [
  text: string,
  kind: InteractionKind | null,
  minutes: number | null,
  day: string | null,
  direction: Direction | null,
  summary: string,
];

export const read = (text: string): Reading => readTypedLine(text, { languages, today: TODAY });

export function readsAsExpected(lines: readonly Line[]): void {
  it.each(lines)('reads "%s"', (text, ...expected) => {
    const { kind, minutes, day, direction, summary } = read(text);
    expect([kind, minutes, day, direction, summary]).toEqual(expected);
  });
}
