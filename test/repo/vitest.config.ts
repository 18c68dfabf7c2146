import { defineConfig } from 'vitest/config';

/** Tests about the repository itself: what was built and what is committed. They need the builds. */
export default defineConfig({
  test: {
    name: 'repository',
    environment: 'node',
    include: ['test/repo/**/*.test.ts'],
    testTimeout: 60_000,
  },
});
