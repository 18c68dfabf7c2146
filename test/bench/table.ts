import { isReached, ratioOf, type Figure, type Goal } from './figures.ts';

const COLUMNS = ['figure', 'median', 'p95', 'floor', 'ratio', 'goal', 'ok'] as const;
const GOAL_WORDS: Readonly<Record<Goal['of'], string>> = {
  median: '',
  p95: 'p95 ',
  ratio: 'ratio ',
};

export function figuresToTable(figures: readonly Figure[]): string {
  const rows = [COLUMNS, ...figures.map(rowOf)];
  const widths = COLUMNS.map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          column === 0 || column === 5
            ? cell.padEnd(widths[column] ?? 0)
            : cell.padStart(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** What was missed, in words; the empty list when all is reached. */
export const missed = (figures: readonly Figure[]): readonly string[] =>
  figures.filter((figure) => !isReached(figure)).map(({ name }) => name);

function rowOf(figure: Figure): readonly string[] {
  const { name, unit, median, p95, floor, goals, samples } = figure;
  const ratio = ratioOf(figure);
  return [
    samples > 1 ? `${name} (${samples})` : name,
    `${number(median)} ${unit}`,
    p95 === null ? '' : `${number(p95)} ${unit}`,
    floor === null ? '' : `${number(floor)} ${unit}`,
    ratio === null ? '' : ratio.toFixed(2),
    goals.map(({ of, limit }) => `${GOAL_WORDS[of]}≤ ${limit}`).join(', '),
    goals.length === 0 ? '' : isReached(figure) ? 'yes' : 'NO',
  ];
}

const number = (value: number): string =>
  Math.abs(value) >= 1000
    ? Math.round(value).toLocaleString('en')
    : value.toFixed(value < 10 ? 2 : 1);
