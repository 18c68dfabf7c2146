import { spawnSync } from 'node:child_process';
import {
  browserKinds,
  findBrowser,
  type BrowserKind,
  type FoundBrowser,
} from '../support/browser.ts';
import { bin } from '../support/paths.ts';
import { Problem, runMain } from '../support/problem.ts';

interface Source {
  readonly name: string;
  /** Null when it cannot work here at all, and why. */
  readonly unfit: () => string | null;
  readonly fetch: () => boolean;
}

const aptGet = (name: string): Source => ({
  name: `apt-get install ${name}`,
  unfit: () =>
    process.platform !== 'linux' || !succeeds('apt-get', ['--version'], {}, 'ignore')
      ? 'this system has no apt-get'
      : asRoot() === null
        ? 'that needs root, and sudo would ask for a password'
        : null,
  fetch: () => apt('update') && apt('install', '--yes', '--no-install-recommends', name),
});

interface Wanted {
  readonly names: string;
  /** Where it can come from when none is installed, in this order. */
  readonly sources: readonly Source[];
  readonly remedy: string;
}

const wanted: Readonly<Record<BrowserKind, Wanted>> = {
  chromium: {
    names: 'Chromium, Chrome, Edge or Brave',
    sources: [
      {
        name: "Playwright's download (about 180 MB)",
        unfit: () => null,
        // Its own words are stack traces when the network is down; ours say the same below.
        fetch: () =>
          succeeds(
            bin('playwright'),
            ['install', 'chromium'],
            { PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '15000' },
            'ignore',
          ),
      },
      aptGet('chromium'),
    ],
    remedy:
      'Check the network, or install Chromium yourself (Debian and Ubuntu: sudo apt-get install chromium), or set MAINSTAY_BROWSER to the path of a Chromium, Chrome, Edge or Brave.',
  },
  // Playwright's own Firefox takes no extensions.
  firefox: {
    names: 'Firefox',
    sources: [aptGet('firefox-esr')],
    remedy:
      'Check the network, or install Firefox yourself (Debian: sudo apt-get install firefox-esr; elsewhere from mozilla.org), or set MAINSTAY_FIREFOX to the path of its program.',
  },
};

await runMain(async () => {
  const kinds = browserKinds.filter((kind) => process.argv.includes(kind));
  for (const kind of kinds) {
    const found = (await findBrowser(kind)) ?? (await fetchBrowser(kind));
    console.log(`Browser: ${found.version} (${found.path})`);
  }
  return 0;
});

async function fetchBrowser(kind: BrowserKind): Promise<FoundBrowser> {
  const { names, sources, remedy } = wanted[kind];
  const tried: string[] = [];
  for (const source of sources) {
    const unfit = source.unfit();
    if (unfit !== null) {
      tried.push(`${source.name}: ${unfit}`);
      continue;
    }
    console.log(`No ${names} is installed. Trying ${source.name} …`);
    const hasEnded = source.fetch();
    const found = hasEnded ? await findBrowser(kind) : null;
    if (found) return found;
    tried.push(`${source.name}: ${hasEnded ? 'what came does not start' : 'did not succeed'}`);
  }
  throw new Problem(
    `There is no ${names} to run the extension in.`,
    `Neither installed nor to be had: ${tried.join('; ')}.`,
    remedy,
  );
}

/** What to put before a command that needs root; null when root is not to be had without a password. */
function asRoot(): readonly string[] | null {
  if (process.getuid?.() === 0) return [];
  return succeeds('sudo', ['-n', 'true'], {}, 'ignore') ? ['sudo', '-n'] : null;
}

function apt(...args: readonly string[]): boolean {
  const [command = 'apt-get', ...rest] = [...(asRoot() ?? []), 'apt-get', '--quiet', ...args];
  return succeeds(command, rest, { DEBIAN_FRONTEND: 'noninteractive' });
}

function succeeds(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  output: 'inherit' | 'ignore' = 'inherit',
): boolean {
  const { status } = spawnSync(command, args, {
    stdio: ['ignore', output, output],
    env: { ...process.env, ...env },
  });
  return status === 0;
}
