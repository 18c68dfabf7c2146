import { cpus } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';

/** Of all cores together: below this somebody else is at work, and would be measured with us. */
const QUIET_IDLE_SHARE = 0.8;
/** After so many pauses the sample is taken whatever runs. */
const MAX_PAUSES = 4;
/** Samples that start at the same point of a frame each time would be alike without reason. */
const JITTER_MS = 20;

export interface Rests {
  /**
   * The pause before a sample: at least `ms`, and until the machine has been quiet for one. A shared
   * machine has bursts of others' work, which say nothing about us.
   */
  readonly rest: (ms: number) => Promise<void>;
  /** How many samples had to be taken while others worked. */
  readonly disturbed: () => number;
}

export function createRests(): Rests {
  let disturbed = 0;
  return {
    async rest(ms) {
      for (let left = MAX_PAUSES; left > 0; left--) {
        const before = ticks();
        await pause(ms + Math.random() * JITTER_MS);
        const after = ticks();
        if (after.idle - before.idle >= (after.all - before.all) * QUIET_IDLE_SHARE) return;
      }
      disturbed += 1;
    },
    disturbed: () => disturbed,
  };
}

function ticks(): { readonly idle: number; readonly all: number } {
  let [idle, all] = [0, 0];
  for (const { times } of cpus()) {
    // What runs with low priority gives way to us at once.
    idle += times.idle + times.nice;
    all += times.user + times.nice + times.sys + times.irq + times.idle;
  }
  return { idle, all };
}
