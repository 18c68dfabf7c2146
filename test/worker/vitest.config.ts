import { cloudflareTest } from '@cloudflare/vitest-plugin';
import { defineConfig } from 'vitest/config';

/** The worker as it is deployed, inside workerd, with real SQLite and sockets. */
export default defineConfig({
  plugins: [
    cloudflareTest({
      wrangler: { configPath: '../../worker/wrangler.jsonc' },
      miniflare: {
        bindings: {
          WORKSPACE_CREATION: 'open',
          MAX_WORKSPACE_ROWS: '500',
          MAX_WORKSPACE_BYTES: '600000',
          MAX_DEVICES: '3',
          REQUEST_LOG: 'off',
        },
      },
    }),
  ],
  // Every test makes a workspace of its own, so the files can share one workerd: starting it costs most.
  // Some send thousands of requests; on a busy machine that takes longer than the runner's 5 s.
  test: { name: 'worker', include: ['**/*.test.ts'], isolate: false, testTimeout: 60_000 },
});
