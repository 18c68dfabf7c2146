import preact from '@preact/preset-vite';
import { join } from 'node:path';
import type { Rolldown } from 'vite';
import { defineConfig } from 'wxt';
import { backgroundInParts } from './extension/background-parts.ts';
import { addGeneratedAssets } from './extension/locales/assets.ts';
import { manifest } from './extension/manifest.ts';

/** The demo build adds one loopback match pattern, so that `npm start` can show a mailbox of our own. */
const isDemo = process.env['MAINSTAY_DEMO'] === '1';

/** When a selector was last seen is for who mends it; the page need not load it. */
const withoutDates = {
  name: 'selectors-without-dates',
  transform: (code: string, id: string): string | null =>
    id.endsWith('/selectors.ts') ? code.replaceAll(/\bseen: ['"][\d-]+['"],?/g, '') : null,
};

/** WXT's logger is silent in production, and would be in every page for nothing: an error throws by itself. */
const withoutLogger = {
  name: 'content-scripts-without-logger',
  transform: (code: string, id: string): string | null =>
    id.includes('content-script-isolated-world-entrypoint')
      ? code.replace(/try \{(.*?)\} catch \(err\) \{.*?throw err;\s*\}/s, '$1')
      : null,
};

/**
 * What the popup shares with other pages is one file: each one more costs a page of an extension
 * some milliseconds, and the popup is the page that somebody waits for.
 */
const sharedWithPopup: Rolldown.CodeSplittingNameFunction = (moduleId, context) => {
  const popup = join(import.meta.dirname, 'extension/entrypoints/popup/index.html');
  return staticImports(popup, context, new Set()).has(moduleId) ? 'shared' : null;
};

/** The module itself and all that comes with it. */
function staticImports(
  id: string,
  context: Rolldown.ChunkingContext,
  found: Set<string>,
): ReadonlySet<string> {
  if (found.has(id)) return found;
  found.add(id);
  for (const each of context.getModuleInfo(id)?.importedIds ?? []) {
    staticImports(each, context, found);
  }
  return found;
}

export default defineConfig({
  srcDir: 'extension',
  publicDir: 'extension/public',
  modulesDir: 'extension/modules',
  outDir: isDemo ? '.output/demo' : '.output',
  manifestVersion: 3,
  imports: false,
  manifest: (env) => manifest({ browser: env.browser, isDemo }),
  hooks: {
    // Everything is imported by name. WXT's presets would still pull its 7 kB of storage into any
    // bundle in which a variable happens to be called `storage`.
    'config:resolved': (wxt) => {
      wxt.config.imports.presets = [];
    },
    'vite:build:extendConfig': (entrypoints, { build }) => {
      if (!entrypoints.some(({ name }) => name === 'popup')) return;
      const group = { name: sharedWithPopup, debugName: 'shared with the popup', minShareCount: 2 };
      for (const output of [build?.rolldownOptions?.output].flat()) {
        if (output) output.codeSplitting = { groups: [group] };
      }
    },
    'build:publicAssets': (_wxt, files) => addGeneratedAssets(files),
    // A page that fills the book, for `npm start` and the benchmarks; the product has no such thing.
    'entrypoints:found': (_wxt, found) => {
      if (!isDemo) return;
      const inputPath = join(import.meta.dirname, 'test/demo/index.html');
      found.push({ name: 'demo', inputPath, type: 'unlisted-page' });
    },
  },
  vite: ({ browser }) => ({
    plugins: [preact(), withoutDates, withoutLogger, backgroundInParts(browser !== 'firefox')],
    // Dexie's build for browsers of this decade: 3 kB less, and what its main entry wraps anyway.
    resolve: {
      alias: [
        { find: /^dexie$/, replacement: 'dexie/dist/modern/dexie.mjs' },
        {
          find: 'preact/jsx-runtime',
          replacement: join(import.meta.dirname, 'extension/ui/jsx-runtime.ts'),
        },
        {
          find: 'wxt/utils/content-script-context',
          replacement: join(import.meta.dirname, 'extension/page/content-script-context.ts'),
        },
      ],
    },
    define: { __DEMO__: JSON.stringify(isDemo) },
    build: { target: 'es2024' },
  }),
});
