import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type Plugin } from 'vite';
import { builds, inRoot } from '../support/paths.ts';
import { loadedFiles } from './loaded-files.ts';
import { readManifest, type Manifest } from './manifest.ts';

export interface Size {
  readonly name: string;
  readonly budgetKb: number;
  /** Gzipped, in thousands of bytes. */
  readonly kb: number;
  readonly files: readonly string[];
}

/** The budgets of the Chrome build and the worker. */
export async function measureSizes(): Promise<readonly Size[]> {
  const manifest = await readManifest(builds.chrome);
  const background = [manifest.background.service_worker ?? '', ...manifest.background.scripts];
  const scripts = await Promise.all(manifest.content_scripts.map(contentScript));
  return [
    ...scripts,
    await threadAndPanel(scripts.find(({ name }) => name.endsWith(GMAIL))),
    // Sent to a panel with its words, by the background.
    await measure('styles of the panel', 2, await loaded(['assets/panel.css'])),
    await measure('page script and handle', 25, await loaded(['content-scripts/page.js'])),
    // What it loads before it paints: Dexie comes after.
    await measure('popup', 30, await loaded(['popup.html'])),
    // What wakes for every email. Dexie alone is 29.
    await measure('background', 65, await loaded(background.filter((file) => file !== ''))),
    await measure('parts of the background', 26.5, await partsOf(builds.chrome)),
    await measure('tools of the panel, when asked for', 64, await loaded(['panel-tools.js'])),
    await syncLayer(),
    await measure('worker', 60, await workerFiles()),
  ];
}

const GMAIL = 'gmail';
const GMAIL_SCRIPT = 'extension/entrypoints/gmail.content/index.tsx';
const AROUND = 'extension/entrypoints/gmail.content/start-around.ts';

/**
 * The content script as it would be for an open email alone: reading it, the panel, and logging. The
 * rest is marks in lists, cards for drafts, and counting which rules matched.
 */
async function threadAndPanel(whole: Size | undefined): Promise<Size> {
  const without: Plugin = {
    name: 'without what stands around the thread',
    enforce: 'pre',
    load: (id) => (id.endsWith(AROUND) ? 'export const startAround = () => null;' : null),
  };
  const around = (await bundledKb(GMAIL_SCRIPT, [])) - (await bundledKb(GMAIL_SCRIPT, [without]));
  const kb = (whole?.kb ?? 0) - around;
  return { name: 'thread and panel in gmail', budgetKb: 22, kb, files: whole?.files ?? [] };
}

const BACKGROUND = 'extension/entrypoints/background/background.ts';
const SYNC_CLIENT = 'extension/sync/sync-client.ts';

/**
 * What the background is larger by because it syncs; what it holds anyway (Dexie, valibot, merging)
 * counts as the background's. Joining, words and passphrases are in the pages.
 */
async function syncLayer(): Promise<Size> {
  const without: Plugin = {
    name: 'without sync',
    enforce: 'pre',
    load: (id) => (id.endsWith(SYNC_CLIENT) ? 'export const createSyncClient = () => null;' : null),
  };
  // In one piece: what cutting it costs is counted with the parts.
  const inOnePiece: Plugin = {
    name: 'in one piece',
    enforce: 'pre',
    transform(code) {
      const [later, name] = /await import\((.+?)\)/.exec(code) ?? [];
      return later ? `import * as part from ${name};${code.replace(later, 'part')}` : null;
    },
  };
  const all = await bundledKb(BACKGROUND, [inOnePiece]);
  const rest = await bundledKb(BACKGROUND, [inOnePiece, without]);
  // 15 before it withstood every lie of test/sim/lying-worker.test.ts; 15.5 before several pages were
  // sorted in together, which made ten thousand edits of others four times as quick; 15.6 before its
  // modules came in another order, since it is a part: the same code, which gzip sees in other company.
  return { name: 'sync layer', budgetKb: 15.8, kb: all - rest, files: [SYNC_CLIENT] };
}

async function bundledKb(entry: string, plugins: readonly Plugin[]): Promise<number> {
  const result = await build({
    configFile: false,
    root: inRoot('.'),
    logLevel: 'silent',
    plugins: [...plugins],
    resolve: { alias: [{ find: /^dexie$/, replacement: 'dexie/dist/modern/dexie.mjs' }] },
    define: { __DEMO__: 'false' },
    build: {
      write: false,
      target: 'es2024',
      minify: true,
      rolldownOptions: { input: inRoot(entry), preserveEntrySignatures: 'strict' },
    },
  });
  const outputs = [result].flat().flatMap((each) => ('output' in each ? each.output : []));
  const text = outputs.map((each) => (each.type === 'chunk' ? each.code : '')).join('');
  return gzipSync(text, { level: 9 }).length / 1000;
}

export const sizesToTable = (sizes: readonly Size[]): string =>
  [
    `${'gzipped'.padEnd(28)}${'kB'.padStart(7)}${'budget'.padStart(9)}`,
    ...sizes.map(
      ({ name, kb, budgetKb }) =>
        `${name.padEnd(28)}${kb.toFixed(1).padStart(7)}${`≤ ${budgetKb}`.padStart(9)}`,
    ),
  ].join('\n');

/** What the background loads when it is first needed: syncing, and reading a typed line. */
async function partsOf(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder);
  return names.filter((name) => /^background-.+\.js$/.test(name)).map((name) => join(folder, name));
}

/** Each host has a script of its own, with the whole panel in it. */
async function contentScript({ js, css }: Manifest['content_scripts'][number]): Promise<Size> {
  const host = /([^/]+)\.js$/.exec(js[0] ?? '')?.[1] ?? '?';
  return measure(`content script, ${host}`, 25, await loaded([...js, ...css]));
}

const loaded = (entries: readonly string[]): Promise<readonly string[]> =>
  loadedFiles(builds.chrome, entries);

async function measure(name: string, budgetKb: number, files: readonly string[]): Promise<Size> {
  const bytes = await Promise.all(files.map(gzippedBytes));
  return { name, budgetKb, kb: bytes.reduce((all, each) => all + each, 0) / 1000, files };
}

const gzippedBytes = async (file: string): Promise<number> =>
  gzipSync(await readFile(file), { level: 9 }).length;

async function workerFiles(): Promise<readonly string[]> {
  const folder = inRoot('.output/worker');
  const names = await readdir(folder, { recursive: true });
  return names.filter((name) => /\.(?:js|mjs|wasm)$/.test(name)).map((name) => join(folder, name));
}
