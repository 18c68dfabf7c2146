import { availableParallelism, constants, setPriority } from 'node:os';
import { defineConfig } from 'vitest/config';

/** Its processes take all cores, and give way to whatever else runs: its results know no time. */
setPriority(constants.priority.PRIORITY_LOW);

export default defineConfig({
  test: {
    name: 'simulation',
    root: import.meta.dirname,
    include: ['*.test.ts'],
    testTimeout: 1_800_000,
    maxConcurrency: Math.min(4, availableParallelism()),
    fileParallelism: false,
  },
});
