import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { launch, type Page } from 'puppeteer-core';
import * as v from 'valibot';
import { requireBrowser } from '../browser.ts';
import type { LaunchExtension, Launched } from '../extension.ts';
import { explainLaunch } from './explain-launch.ts';

/** Firefox gives each profile a random host for the extension's pages, unless it is told one. */
const extensionHost = '6d61696e-7374-4179-8000-000000000001';

/** The discard port: nothing listens there, so what would go through this proxy goes nowhere. */
const nowhere = { host: '127.0.0.1', port: 9 };

export async function launchFirefox(options: LaunchExtension): Promise<Launched> {
  const { path } = await requireBrowser('firefox');
  const id = await geckoId(options.extensionPath);
  const browser = await launch({
    browser: 'firefox',
    executablePath: path,
    enableExtensions: true,
    headless: options.headless,
    ...(options.userDataDir !== undefined && { userDataDir: options.userDataDir }),
    defaultViewport: options.headless ? (options.viewport ?? { width: 1280, height: 800 }) : null,
    // Without it the driver may not go to the extension's own pages.
    args: ['--remote-allow-system-access'],
    extraPrefsFirefox: {
      'extensions.webextensions.uuids': JSON.stringify({ [id]: extensionHost }),
      ...(options.lang && { 'intl.accept_languages': options.lang }),
      ...(options.network !== 'open' && {
        'network.proxy.type': 1,
        'network.proxy.http': nowhere.host,
        'network.proxy.http_port': nowhere.port,
        'network.proxy.ssl': nowhere.host,
        'network.proxy.ssl_port': nowhere.port,
        'network.proxy.no_proxies_on': 'localhost, 127.0.0.1',
      }),
    },
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  }).catch(explainLaunch);

  await browser.installExtension(options.extensionPath);

  return {
    browser,
    extensionHost,
    async openExtensionPage(newPage, file) {
      const page = await newPage();
      await goToExtensionPage(page, `moz-extension://${extensionHost}/${file}`);
      return page;
    },
    stopServiceWorker: () =>
      Promise.reject(new Error('only Chromium can put the background to sleep on demand')),
    // An event page: the driver cannot see it.
    isServiceWorkerRunning: () => true,
    onBackgroundError() {
      // Firefox does not tell of it over this protocol.
    },
  };
}

/**
 * The page moves to the extension's process on the way, and Firefox then never reports it as loaded:
 * so the address is asked for until it is the right one.
 */
async function goToExtensionPage(page: Page, url: string): Promise<void> {
  void page.goto(url, { timeout: 2000, waitUntil: 'domcontentloaded' }).catch(() => null);
  const deadline = Date.now() + 15_000;
  for (;;) {
    const state = await page
      .evaluate(() => `${document.readyState} ${location.href}`)
      .catch(() => 'between two documents');
    if (state === `complete ${url}`) return;
    if (Date.now() > deadline) throw new Error(`${url} did not open; the page is ${state}`);
    await pause(50);
  }
}

const firefoxManifest = v.object({
  browser_specific_settings: v.object({ gecko: v.object({ id: v.string() }) }),
});

async function geckoId(extensionPath: string): Promise<string> {
  const text = await readFile(join(extensionPath, 'manifest.json'), 'utf8');
  const manifest = v.safeParse(firefoxManifest, JSON.parse(text));
  if (manifest.success) return manifest.output.browser_specific_settings.gecko.id;
  throw new Error(`${extensionPath} is not a Firefox build: its manifest has no gecko id`);
}
