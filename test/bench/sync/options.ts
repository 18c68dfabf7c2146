import { parseArgs } from 'node:util';
import { Problem } from '../../support/problem.ts';
import { workloadNames, type WorkloadName } from './report/report.ts';

export interface Options {
  /** Names of peers; all when empty. */
  readonly only: readonly string[];
  readonly workloads: readonly WorkloadName[];
  readonly rows: number;
  readonly edits: number;
  readonly scaleRows: number;
  /** For one step of one peer. */
  readonly limitMs: number;
}

const USAGE =
  'npm run bench:sync -- [--only dexie,mainstay] [--workloads first-pull,edits,in-sync,convergence,scale] [--rows 100000] [--edits 10000] [--scale-rows 1000000] [--limit <minutes>]';

export function readOptions(known: readonly string[]): Options {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', default: '' },
      workloads: { type: 'string', default: workloadNames.join(',') },
      rows: { type: 'string', default: '100000' },
      edits: { type: 'string', default: '10000' },
      'scale-rows': { type: 'string', default: '1000000' },
      limit: { type: 'string', default: '10' },
    },
  });
  return {
    only: listOf(values.only, known),
    workloads: listOf(values.workloads, workloadNames),
    rows: numberOf(values.rows),
    edits: numberOf(values.edits),
    scaleRows: numberOf(values['scale-rows']),
    limitMs: numberOf(values.limit) * 60_000,
  };
}

function listOf<Name extends string>(text: string, known: readonly Name[]): readonly Name[] {
  const asked = text.split(',').filter((name) => name !== '');
  const strange = asked.filter((name) => !known.some((one) => one === name));
  if (strange.length > 0) throw refused(`${strange.join(', ')}: not one of ${known.join(', ')}`);
  return known.filter((name) => asked.includes(name));
}

function numberOf(text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw refused(`${text} is not a number above zero`);
  return value;
}

const refused = (what: string): Problem =>
  new Problem(what, 'Nothing was measured.', `Use it as: ${USAGE}`);
