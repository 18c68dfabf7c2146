import { defineConfig } from 'vitest/config';
import { browserKinds, type BrowserKind } from '../support/browser.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Whose run this is. */
    browser: BrowserKind;
  }
}

/** The built extension in each browser; the files of a run follow each other and hand on the browser. */
export default defineConfig({
  test: {
    fileParallelism: false,
    isolate: false,
    projects: browserKinds.map((browser) => ({
      test: {
        name: browser,
        environment: 'node',
        include: ['test/e2e/**/*.test.ts'],
        // It kills a worker, and no browser takes part: once is enough.
        exclude: browser === 'firefox' ? ['test/e2e/worker-crash.test.ts'] : [],
        setupFiles: ['test/e2e/support/skip-differences.ts'],
        testTimeout: 120_000,
        hookTimeout: 90_000,
        // Two browsers on two cores: a driver's own hiccup gets two more chances, and is named in the output.
        retry: 2,
        // What is waited for takes as long as the machine needs; only a hang is a failure.
        expect: { poll: { timeout: 30_000, interval: 50 } },
        provide: { browser },
      },
    })),
  },
});
