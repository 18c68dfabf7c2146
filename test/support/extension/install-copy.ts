import { cp, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'puppeteer-core';

/**
 * Installs a copy of the build: an extension of its own, since Chromium makes the id from the place.
 * Where sites are allowed before, it is first a version that needs them, which a person would have
 * said yes to, and then an update to the real one, whose manifest is the production one to the last
 * byte. Chromium keeps the yes as one to an optional permission, so these sites are on from the start.
 */
export async function installCopy(
  browser: Browser,
  build: string,
  allowedBefore: readonly string[],
): Promise<string> {
  const folder = await mkdtemp(join(profileOf(browser), 'mainstay-'));
  await cp(build, folder, { recursive: true });
  if (allowedBefore.length > 0) {
    const manifestFile = join(folder, 'manifest.json');
    const production = await readFile(manifestFile, 'utf8');
    const manifest = JSON.parse(production) as { readonly host_permissions: readonly string[] };
    const host_permissions = [...manifest.host_permissions, ...allowedBefore];
    await writeFile(manifestFile, JSON.stringify({ ...manifest, host_permissions }));
    await browser.installExtension(folder);
    await writeFile(manifestFile, production);
  }
  return browser.installExtension(folder);
}

const PROFILE = '--user-data-dir=';

/** Where the browser keeps its own things: what lies there goes with them. */
function profileOf(browser: Browser): string {
  const argument = browser.process()?.spawnargs.find((each) => each.startsWith(PROFILE));
  return argument?.slice(PROFILE.length) ?? tmpdir();
}
