import { setTimeout as pause } from 'node:timers/promises';
import { launch, TargetType, type Browser, type Target, type WebWorker } from 'puppeteer-core';
import { requireBrowser } from '../browser.ts';
import type { LaunchExtension, Launched } from '../extension.ts';
import { chromiumUi } from './chromium-ui.ts';
import { forgetStored, takePermissionsBack, waitForAnswer } from './forget.ts';
import { installCopy } from './install-copy.ts';
import { explainLaunch } from './explain-launch.ts';

export async function launchChromium(options: LaunchExtension): Promise<Launched> {
  const { path } = await requireBrowser('chromium');
  const isOpen = options.network === 'open';
  const browser = await launch({
    executablePath: path,
    // Unpacked extensions are loaded over the pipe: the old command-line flags are gone from Chrome.
    pipe: true,
    enableExtensions: true,
    headless: options.headless,
    ...(options.userDataDir !== undefined && { userDataDir: options.userDataDir }),
    defaultViewport: options.headless ? (options.viewport ?? { width: 1280, height: 800 }) : null,
    // A person's browser does not wear "controlled by automated test software".
    ...(!options.headless && { ignoreDefaultArgs: ['--enable-automation'] }),
    args: [
      ...(mustDropSandbox() ? ['--no-sandbox'] : []),
      '--no-first-run',
      '--no-default-browser-check',
      '--disable-background-networking',
      '--disable-component-update',
      ...(options.isFrugal ? ['--renderer-process-limit=1', '--start-fullscreen'] : []),
      ...(isOpen
        ? []
        : ['--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost']),
      // One for the extension's messages, the other for `navigator.language`.
      ...(options.lang ? [`--lang=${options.lang}`, `--accept-lang=${options.lang}`] : []),
    ],
    env: { ...process.env, ...(options.lang && { LANGUAGE: options.lang }) },
    // The scripts that start it handle signals: the browser closes after the pages' last words.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  }).catch(explainLaunch);

  let extensionHost = await install(browser, options);
  const origin = (): string => `chrome-extension://${extensionHost}/`;
  const isBackground = (target: Target): boolean =>
    target.type() === TargetType.SERVICE_WORKER && target.url().startsWith(origin());
  const isRunning = (): boolean => browser.targets().some(isBackground);
  const started = (): Promise<Target> => browser.waitForTarget(isBackground, { timeout: 20_000 });
  await started();

  const background = async (): Promise<WebWorker> => {
    const target = await browser.waitForTarget(isBackground);
    const worker = await target.worker();
    if (!worker) throw new Error('the background has gone to sleep');
    return worker;
  };

  const stopBackground = async (): Promise<void> => {
    const deadline = Date.now() + 10_000;
    let nextStop = Date.now() + STOP_AGAIN_MS;
    const closed = new Set<Target>();
    while (isRunning()) {
      if (Date.now() > deadline) throw new Error('the service worker goes on running');
      // One that was only just starting goes on; nobody watches it any more.
      if (Date.now() > nextStop) {
        nextStop = Date.now() + STOP_AGAIN_MS;
        await stopAllWorkers(browser);
      }
      // `ServiceWorker.stopAllWorkers` passes over a worker whose console is being watched. Another
      // one may have started meanwhile: somebody has asked it something.
      for (const target of browser.targets().filter(isBackground)) {
        if (closed.has(target)) continue;
        closed.add(target);
        const worker = await target.worker();
        await worker?.close();
      }
      await pause(5);
    }
  };

  return {
    browser,
    ui: chromiumUi(browser, () => extensionHost, background),
    get extensionHost() {
      return extensionHost;
    },
    async openExtensionPage(tab, file) {
      await tab.goto(origin() + file);
      return tab;
    },
    async forgetAll(page) {
      await closeBeside(browser, origin());
      // One that was stopped while it is being installed never comes back.
      await waitForAnswer(page);
      await takePermissionsBack(page);
      await stopBackground();
      await forgetStored(page);
    },
    async reinstall(allowedBefore = []) {
      await browser.uninstallExtension(extensionHost);
      // Elsewhere it is another extension: the data of this one is deleted some time after it is gone.
      extensionHost = await installCopy(browser, options.extensionPath, allowedBefore);
      await started();
    },
    stopBackground,
    isBackgroundRunning: () => Promise.resolve(isRunning()),
    onBackgroundError(seen) {
      const watch = async (target: Target): Promise<void> => {
        // One that has ended by now has nothing more to say.
        const worker = await target.worker().catch(() => null);
        worker?.on('error', (error) => {
          seen(error.stack ?? error.message);
        });
        worker?.on('console', (message) => {
          if (message.type() === 'error') seen(message.text());
        });
      };
      for (const target of browser.targets().filter(isBackground)) void watch(target);
      browser.on('targetcreated', (target) => {
        if (isBackground(target)) void watch(target);
      });
    },
  };
}

const STOP_AGAIN_MS = 500;

/** Popup and side panel are pages for the driver, but no tabs. */
async function closeBeside(browser: Browser, origin: string): Promise<void> {
  const beside = new Set([`${origin}popup.html`, `${origin}sidepanel.html`]);
  for (const target of browser.targets().filter((each) => beside.has(each.url()))) {
    const page = await target.asPage();
    // It may be closing by itself.
    await page.close().catch(() => undefined);
  }
}

async function stopAllWorkers(browser: Browser): Promise<void> {
  const [page] = await browser.pages();
  const session = await page?.createCDPSession();
  await session?.send('ServiceWorker.enable');
  await session?.send('ServiceWorker.stopAllWorkers');
  await session?.detach();
}

async function install(
  browser: Browser,
  { extensionPath, allowedBefore = [] }: LaunchExtension,
): Promise<string> {
  return allowedBefore.length === 0
    ? browser.installExtension(extensionPath)
    : installCopy(browser, extensionPath, allowedBefore);
}

/** Chromium refuses to run as root with its sandbox, and some containers have none to give. */
const mustDropSandbox = (): boolean =>
  process.getuid?.() === 0 || process.env['MAINSTAY_NO_SANDBOX'] === '1';
