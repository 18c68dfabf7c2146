export interface Spread {
  readonly samples: number;
  readonly median: number;
  readonly p95: number;
}

/** Median and the 95th percentile by nearest rank; milliseconds in, milliseconds out. */
export function spreadOf(values: readonly number[]): Spread {
  if (values.length === 0) throw new Error('nothing was measured');
  const sorted = values.toSorted((a, b) => a - b);
  return { samples: sorted.length, median: percentile(sorted, 0.5), p95: percentile(sorted, 0.95) };
}

export const medianOf = (values: readonly number[]): number => spreadOf(values).median;

const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? 0;
