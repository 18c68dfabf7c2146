import { createHash } from 'node:crypto';
import type { Timeline } from './timeline.ts';

/** Says what happened, in a line of its own. */
export type Tell = (line: string) => void;

export interface Trace {
  teller(who: string): Tell;
  lines(): readonly string[];
  /** Equal for equal histories, to the millisecond. */
  digest(): string;
}

/** Kept only when someone wants to read it; the digest is always there. */
export function createTrace(timeline: Timeline, isKept: boolean): Trace {
  const start = timeline.now();
  const kept: string[] = [];
  const hash = createHash('sha256');
  return {
    teller: (who) => (line) => {
      const text = `${((timeline.now() - start) / 1000).toFixed(3).padStart(12)} s  ${who.padEnd(8)} ${line}`;
      hash.update(text);
      if (isKept) kept.push(text);
      if (process.env['SIM_LIVE']) console.log(text);
    },
    lines: () => kept,
    digest: () => hash.copy().digest('hex'),
  };
}
