import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { Problem } from './problem.ts';

export const browserKinds = ['chromium', 'firefox'] as const;
export type BrowserKind = (typeof browserKinds)[number];

export interface FoundBrowser {
  readonly path: string;
  /** As the browser says it: `Chromium 156.0.8078.79 …`. */
  readonly version: string;
}

/** The variable that names a browser to use instead of the one found. */
const variables = { chromium: 'MAINSTAY_BROWSER', firefox: 'MAINSTAY_FIREFOX' } as const;

/** In order of preference: Chrome and Edge come last, because they load unpacked extensions least willingly. */
const names: Record<BrowserKind, readonly string[]> = {
  chromium: [
    'chromium',
    'chromium-browser',
    'brave-browser',
    'microsoft-edge-stable',
    'microsoft-edge',
    'google-chrome-stable',
    'google-chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Brave Browser.app/Contents/MacOS/Brave Browser',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ],
  firefox: ['firefox-esr', 'firefox', '/Applications/Firefox.app/Contents/MacOS/firefox'],
};

/** The browser named by the environment, else an installed one, else Playwright's own, else null. */
export async function findBrowser(kind: BrowserKind): Promise<FoundBrowser | null> {
  const named = process.env[variables[kind]];
  if (named) {
    const found = tryBrowser(named);
    if (found) return found;
    throw new Problem(
      `${variables[kind]} names ${named}, which does not start.`,
      'The variable goes before every other browser, so nothing else was tried.',
      'Set it to the full path of a Chromium or Firefox program, or unset it.',
    );
  }
  for (const name of names[kind]) {
    const found = tryBrowser(name);
    if (found) return found;
  }
  return kind === 'chromium' ? tryBrowser(await playwrightChromium()) : null;
}

export async function requireBrowser(kind: BrowserKind): Promise<FoundBrowser> {
  const found = await findBrowser(kind);
  if (found) return found;
  throw new Problem(
    `No ${kind === 'chromium' ? 'Chromium, Chrome, Edge or Brave' : 'Firefox'} was found.`,
    'The extension runs in a real browser, here and in the tests.',
    kind === 'chromium'
      ? 'Install one (Debian and Ubuntu: apt-get install chromium), or set MAINSTAY_BROWSER to its path.'
      : 'Install it (Debian: apt-get install firefox-esr), or set MAINSTAY_FIREFOX to its path.',
  );
}

/** Asking for the version tells a browser from a stub that only says how to install one. */
function tryBrowser(nameOrPath: string): FoundBrowser | null {
  const path = findProgram(nameOrPath);
  if (!path) return null;
  const answer = spawnSync(path, ['--version'], {
    encoding: 'utf8',
    timeout: 20_000,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const version = answer.status === 0 ? answer.stdout.trim() : '';
  return /\d+\.\d/.test(version) ? { path, version } : null;
}

function findProgram(nameOrPath: string): string | null {
  const paths = isAbsolute(nameOrPath)
    ? [nameOrPath]
    : (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, nameOrPath));
  return paths.find(isExecutable) ?? null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Imported only when asked for: it takes half a second to load. */
async function playwrightChromium(): Promise<string> {
  const { chromium } = await import('playwright');
  return chromium.executablePath();
}
