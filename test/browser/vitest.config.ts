import preact from '@preact/preset-vite';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';

const executablePath = process.env['MAINSTAY_BROWSER'] ?? '/usr/bin/chromium';

/** Real IndexedDB and a real DOM, in the Chromium that is installed. */
export default defineConfig({
  root: new URL('../..', import.meta.url).pathname,
  plugins: [preact()],
  server: { fs: { allow: ['..'] } },
  test: {
    name: 'browser',
    include: ['test/browser/**/*.test.ts', 'test/browser/**/*.test.tsx'],
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({ launchOptions: { executablePath, args: ['--no-sandbox'] } }),
      instances: [{ browser: 'chromium' }],
    },
  },
});
