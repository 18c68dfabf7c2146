import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { builds, inRoot } from '../support/paths.ts';
import { isLoopback, matchPatterns, readableManifest, readManifest } from './manifest.ts';

const MAIL_PAGES = [
  'https://mail.google.com/*',
  'https://outlook.office.com/*',
  'https://outlook.office365.com/*',
  'https://outlook.live.com/*',
  'https://outlook.cloud.microsoft/*',
];

/** After a wanted change: `npx vitest run --config test/repo/vitest.config.ts --update`. */
describe.each([
  ['Chrome', builds.chrome, './manifests/chrome.json'],
  ['Firefox', builds.firefox, './manifests/firefox.json'],
])('the production manifest for %s', (_browser, build, snapshot) => {
  test('is the one that was reviewed', async () => {
    await expect(await readableManifest(build)).toMatchFileSnapshot(snapshot);
  });

  test('has the version of package.json', async () => {
    const { version } = await readManifest(build);
    const packageText = await readFile(inRoot('package.json'), 'utf8');
    expect(JSON.parse(packageText)).toHaveProperty('version', version);
  });

  test('reads Gmail, Outlook and no other host before the user says so', async () => {
    const manifest = await readManifest(build);
    expect(manifest.host_permissions).toEqual(MAIL_PAGES);
    const { optional_host_permissions: optional, ...asked } = manifest;
    expect(new Set(matchPatterns({ ...asked, optional_host_permissions: [] }))).toEqual(
      new Set(MAIL_PAGES),
    );
    // Nothing of these is granted before the user turns a site on.
    expect(optional).toEqual(['https://*/*', 'http://*/*']);
  });

  test('has no loopback match pattern', async () => {
    expect(matchPatterns(await readManifest(build)).filter(isLoopback)).toEqual([]);
  });

  test('comes without the demo page', async () => {
    expect((await readdir(build)).filter((name) => name.startsWith('demo'))).toEqual([]);
  });
});

test('the demo build alone also reads the demo mailbox on loopback', async () => {
  const demo = await readManifest(builds.demo);
  expect(demo.host_permissions.filter(isLoopback)).not.toEqual([]);
  expect(demo.content_scripts.flatMap((script) => script.matches).filter(isLoopback)).not.toEqual(
    [],
  );
});
