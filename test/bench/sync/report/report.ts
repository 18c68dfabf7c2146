import type { Contents } from '../contract.ts';

export const workloadNames = ['first-pull', 'edits', 'in-sync', 'convergence', 'scale'] as const;
export type WorkloadName = (typeof workloadNames)[number];

export interface Goal {
  readonly of: 'worst' | 'median' | 'p95';
  /** At most this. */
  readonly limit: number;
}

export interface Measure {
  readonly name: string;
  readonly unit: 'ms' | 'bytes' | 'requests';
  readonly samples: readonly number[];
  /** What the samples come to: the worst of a few, or median and 95th percentile of many. */
  readonly as: 'worst' | 'spread';
  /** The product's own; no peer has to reach them. */
  readonly goals: readonly Goal[];
}

export const worst = (
  name: string,
  unit: Measure['unit'],
  samples: readonly number[],
  limit?: number,
): Measure => ({
  name,
  unit,
  samples,
  as: 'worst',
  goals: limit === undefined ? [] : [{ of: 'worst', limit }],
});

export const spread = (
  name: string,
  unit: Measure['unit'],
  samples: readonly number[],
  ...goals: readonly Goal[]
): Measure => ({ name, unit, samples, as: 'spread', goals });

/** Someone else's look at a storage after the workload. */
export interface Check {
  readonly what: string;
  readonly expected: Contents;
  readonly found: Contents;
}

export type WorkloadReport =
  | {
      readonly status: 'measured';
      readonly measures: readonly Measure[];
      readonly checks: readonly Check[];
    }
  /** The result was not what was asked for, so the figures say nothing and are not shown. */
  | { readonly status: 'not-verified'; readonly checks: readonly Check[] }
  | { readonly status: 'not-measured'; readonly why: string };

export interface PeerReport {
  readonly peer: string;
  /** Exact versions of what ran. */
  readonly versions: Readonly<Record<string, string>>;
  /** What has to be known before its figures are set beside another's. */
  readonly notes: readonly string[];
  readonly workloads: Readonly<Partial<Record<WorkloadName, WorkloadReport>>>;
  /** To fill the server: nobody's workload, but it explains a limit that was reached. */
  readonly seedingSeconds: Readonly<Record<string, number>>;
}
