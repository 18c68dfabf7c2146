import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { launch, type Page } from 'puppeteer-core';
import * as v from 'valibot';
import { requireBrowser } from '../browser.ts';
import type { LaunchExtension, Launched } from '../extension.ts';
import { explainLaunch } from './explain-launch.ts';
import { firefoxUi } from './firefox-ui.ts';
import { openFirefoxWindow } from './firefox-window.ts';

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

  const window = await openFirefoxWindow(browser);
  const extension = `WebExtensionPolicy.getByID(${JSON.stringify(id)})`;
  const install = async (): Promise<string> => {
    await browser.installExtension(options.extensionPath);
    return v.parse(v.string(), await window.run(`return ${extension}.mozExtensionHostname`));
  };
  // Firefox makes up a host for the extension's pages, another one with each installation.
  let extensionHost = await install();

  return {
    browser,
    ui: firefoxUi(window, id),
    get extensionHost() {
      return extensionHost;
    },
    async openExtensionPage(tab, file) {
      await goToExtensionPage(tab, `moz-extension://${extensionHost}/${file}`);
      return tab;
    },
    // Installing takes it 0.4 s, and one that was emptied did not always come back.
    forgetAll: null,
    async reinstall() {
      await browser.uninstallExtension(id);
      extensionHost = await install();
    },
    async stopBackground() {
      await window.run(`await ${extension}.extension.terminateBackground()`);
    },
    isBackgroundRunning: async () =>
      (await window.run(`return ${extension}.extension.backgroundState`)) === 'running',
    onBackgroundError(seen) {
      void (async () => {
        await window.run(collectErrors, { id });
        for (;;) seen(v.parse(v.string(), await window.run('return window.nextMainstayError()')));
      })().catch(() => {
        // The browser was closed.
      });
    },
  };
}

/**
 * Uncaught errors of the extension's scripts, wherever they run, as Firefox's own console has them. It
 * also has a line for each question whose page was left before the answer: nobody waits for that one.
 */
const collectErrors = `
  const waiting = [];
  let tell = null;
  Services.console.registerListener({
    observe(message) {
      if (!(message instanceof Ci.nsIScriptError)) return;
      if (message.flags & Ci.nsIScriptError.warningFlag) return;
      if (/^Promise (resolved|rejected) (after context unloaded|while context is inactive)/.test(message.errorMessage)) return;
      const { mozExtensionHostname } = WebExtensionPolicy.getByID(id) ?? {};
      if (!message.sourceName.includes(mozExtensionHostname)) return;
      waiting.push(message.errorMessage + ' at ' + message.sourceName + ':' + message.lineNumber);
      tell?.();
    },
  });
  window.nextMainstayError = async () => {
    if (waiting.length === 0) await new Promise((resolve) => { tell = resolve; });
    return waiting.shift();
  };
`;

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
