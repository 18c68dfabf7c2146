import preact from '@preact/preset-vite';
import { defineConfig } from 'wxt';
import { addGeneratedAssets } from './extension/locales/assets.ts';
import { manifest } from './extension/manifest.ts';

/** The demo build adds one loopback match pattern, so that `npm start` can show a mailbox of our own. */
const isDemo = process.env['MAINSTAY_DEMO'] === '1';

export default defineConfig({
  srcDir: 'extension',
  publicDir: 'extension/public',
  modulesDir: 'extension/modules',
  outDir: isDemo ? '.output/demo' : '.output',
  manifestVersion: 3,
  imports: false,
  manifest: (env) => manifest({ browser: env.browser, isDemo }),
  hooks: { 'build:publicAssets': (_wxt, files) => addGeneratedAssets(files) },
  vite: () => ({
    plugins: [preact()],
    define: { __DEMO__: JSON.stringify(isDemo) },
    build: { target: 'es2024' },
  }),
});
