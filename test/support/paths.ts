import { fileURLToPath } from 'node:url';

/** The repository's root, with a slash at the end. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

export const inRoot = (path: string): string => root + path;

/** Where the builds land (`outDir` in wxt.config.ts). */
export const builds = {
  chrome: inRoot('.output/chrome-mv3'),
  firefox: inRoot('.output/firefox-mv3'),
  demo: inRoot('.output/demo/chrome-mv3'),
} as const;

/** What `npm start` keeps between runs: the worker's data and the browser's profile. */
export const keptFolder = inRoot('.mainstay');

/** Node 24 of the `node` package: the scripts' own, since npm puts node_modules/.bin first. */
export const node = process.execPath;

export const bin = (name: string): string => inRoot(`node_modules/.bin/${name}`);
