import { single, type Figure } from '../figures.ts';
import { medianOf } from '../statistics.ts';
import type { MainThread } from './main-thread.ts';
import type { Pair } from './mutations.ts';

/** Shares of the page's own main-thread time, pair by pair; their spread is the noise. */
export function pairsToFigures(pairs: readonly Pair[]): readonly Figure[] {
  const shares = pairs.map(({ withUs, without }) => share(withUs.taskMs, without.taskMs));
  const note = [
    `pairs ${shares.map((each) => each.toFixed(1)).join(', ')} %`,
    `page alone ${list(pairs.map(({ without }) => without))}`,
    `with us ${list(pairs.map(({ withUs }) => withUs))} (task/script ms)`,
  ].join('; ');
  return [
    single('main thread added to a page of 5000 mutations', '%', medianOf(shares), {
      goals: [{ of: 'median', limit: 2 }],
      note,
    }),
  ];
}

const share = (withUs: number, without: number): number => ((withUs - without) / without) * 100;

const list = (times: readonly MainThread[]): string =>
  times.map(({ taskMs, scriptMs }) => `${taskMs.toFixed(0)}/${scriptMs.toFixed(0)}`).join(' ');
