import { defineConfig } from 'vitest/config';

/** The built extension in a real browser; one file at a time, since each holds a browser. */
export default defineConfig({
  test: {
    name: 'end to end',
    environment: 'node',
    include: ['test/e2e/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 90_000,
    // What is waited for takes as long as the machine needs; only a hang is a failure.
    expect: { poll: { timeout: 15_000, interval: 50 } },
  },
});
