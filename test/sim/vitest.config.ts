import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** Its processes take all cores, so it runs by itself. */
export default defineConfig({
  test: {
    name: 'simulation',
    root: import.meta.dirname,
    include: ['*.test.ts'],
    testTimeout: 600_000,
    maxConcurrency: Math.min(4, availableParallelism()),
    fileParallelism: false,
  },
});
