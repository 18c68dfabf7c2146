import { defineConfig } from 'vitest/config';

/**
 * Unit tests run in Node, the worker's inside workerd; the browser's have a config of their own.
 * A test never asserts time, so a busy machine may take a minute over one.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          environment: 'node',
          include: ['test/unit/**/*.test.ts'],
          // What a file changes outside of itself it puts back: a process for each would cost half as much again.
          isolate: false,
          testTimeout: 60_000,
        },
      },
      'test/worker/vitest.config.ts',
    ],
  },
});
