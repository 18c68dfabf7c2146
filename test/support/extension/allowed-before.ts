import { cp, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'puppeteer-core';

/**
 * Installs a version that needs these hosts, which a person would have said yes to, and updates it to
 * the real one, whose manifest is the production one to the last byte. Chromium keeps the yes as one
 * to an optional permission, so these sites are on from the start.
 */
export async function installAllowed(
  browser: Browser,
  build: string,
  patterns: readonly string[],
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'mainstay-'));
  await cp(build, folder, { recursive: true });
  const manifestFile = join(folder, 'manifest.json');
  const production = await readFile(manifestFile, 'utf8');
  const manifest = JSON.parse(production) as { readonly host_permissions: readonly string[] };
  const host_permissions = [...manifest.host_permissions, ...patterns];
  await writeFile(manifestFile, JSON.stringify({ ...manifest, host_permissions }));
  await browser.installExtension(folder);
  await writeFile(manifestFile, production);
  return browser.installExtension(folder);
}
