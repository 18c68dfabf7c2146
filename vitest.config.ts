import { defineConfig } from 'vitest/config';

/** Unit tests run in Node, the worker's inside workerd; the browser's have a config of their own. */
export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', environment: 'node', include: ['test/unit/**/*.test.ts'] } },
      'test/worker/vitest.config.ts',
    ],
  },
});
