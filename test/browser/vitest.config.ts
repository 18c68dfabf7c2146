import preact from '@preact/preset-vite';
import { playwright } from '@vitest/browser-playwright';
import { requireBrowser } from '../support/browser.ts';
import { defineConfig } from 'vitest/config';

const { path: executablePath } = await requireBrowser('chromium');
/** Chromium's sandbox refuses root, which is what a container usually is. */
const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

/** Real IndexedDB and a real DOM, in the Chromium that is installed. */
export default defineConfig({
  root: new URL('../..', import.meta.url).pathname,
  plugins: [preact()],
  // The same build of Dexie as the extension's.
  resolve: { alias: [{ find: /^dexie$/, replacement: 'dexie/dist/modern/dexie.mjs' }] },
  // Found late, they would make Vite start over in the middle of a run.
  optimizeDeps: { include: ['dexie', 'valibot', 'fast-check', 'preact', 'hash-wasm'] },
  server: { fs: { allow: ['..'] } },
  test: {
    name: 'browser',
    testTimeout: 60_000,
    include: ['test/browser/**/*.test.ts', 'test/browser/**/*.test.tsx'],
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({ launchOptions: { executablePath, args } }),
      instances: [{ browser: 'chromium' }],
    },
  },
});
