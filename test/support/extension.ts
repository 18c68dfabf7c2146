import { setTimeout as pause } from 'node:timers/promises';
import {
  TargetType,
  type Browser,
  type ConsoleMessage,
  type Page,
  type Target,
} from 'puppeteer-core';
import type { BrowserKind } from './browser.ts';
import type { BrowserUi } from './extension/browser-ui.ts';
import { answerRequests, type AnswerRequest } from './extension/answering.ts';
import { launchChromium } from './extension/chromium.ts';
import { launchFirefox } from './extension/firefox.ts';
import { createErrorLog, type ErrorLog } from './extension/error-log.ts';

export type { AnswerRequest } from './extension/answering.ts';

export interface Viewport {
  readonly width: number;
  readonly height: number;
}

export interface LaunchExtension {
  readonly browser: BrowserKind;
  /** The folder of the built, unpacked extension. */
  readonly extensionPath: string;
  /** Kept between launches when given; else a profile that is thrown away. */
  readonly userDataDir?: string;
  readonly headless: boolean;
  /** The language of the browser: `he`. Chromium without that language's file keeps its own menus English. */
  readonly lang?: string;
  /** The window and its pages in CSS pixels; a visible browser has its own size. */
  readonly viewport?: Viewport;
  /** `loopback` (tests): nothing leaves the machine. `open`: a browser for a person. */
  readonly network?: 'loopback' | 'open';
  /** Collects the background's errors. Off in measurements: a watched worker wakes more slowly. */
  readonly watchBackground?: boolean;
  /**
   * Match patterns that the user has said yes to before: those sites are on. For Chromium, whose own
   * question is out of a test's reach; Firefox is asked for real, see `BrowserUi.allow`.
   */
  readonly allowedBefore?: readonly string[];
  /**
   * Chromium with what a test does without: its own bars, which it paints at every change of a tab (a
   * sixth of its browser's work), and a process for each tab where tabs of one site can share one.
   */
  readonly isFrugal?: boolean;
  /** Answers a request in place of the network; null lets loopback pass and refuses the rest. */
  readonly answer?: AnswerRequest;
}

/** What each browser does in its own way. */
export interface Launched {
  readonly browser: Browser;
  readonly ui: BrowserUi;
  /** The host part of the extension's own addresses. */
  readonly extensionHost: string;
  readonly openExtensionPage: (tab: Page, file: string) => Promise<Page>;
  /**
   * By means of one of its pages takes from the extension what it has stored and was allowed since it
   * was installed. Null where installing anew is as quick.
   */
  readonly forgetAll: ((page: Page) => Promise<void>) | null;
  /** Installs the extension anew, without anything it has stored. */
  readonly reinstall: (allowedBefore?: readonly string[]) => Promise<void>;
  readonly stopBackground: () => Promise<void>;
  readonly isBackgroundRunning: () => Promise<boolean>;
  /** Tells of the background's own errors, where the browser does. */
  readonly onBackgroundError: (seen: (text: string) => void) => void;
}

export interface ExtensionBrowser {
  readonly browser: Browser;
  readonly ui: BrowserUi;
  readonly extensionHost: string;
  /** Errors of the pages, their consoles and the background. A test ends with `expect(errors.all()).toEqual([])`. */
  readonly errors: ErrorLog;
  /** An empty tab whose requests are answered and whose errors are collected. */
  newPage(): Promise<Page>;
  open(url: string): Promise<Page>;
  /** `popup.html` or `dashboard.html#sync`, in a tab of its own. */
  openExtensionPage(file: string): Promise<Page>;
  /** The tab that every browser begins with, with a page of the extension in it that runs nothing. */
  quietPage(): Promise<Page>;
  /** Puts the background to sleep, as the browser does after 30 idle seconds. */
  stopBackground(): Promise<void>;
  isBackgroundRunning(): Promise<boolean>;
  /**
   * As good as a new profile and many times as quick: the extension without its data, one tab, pages
   * of the given size and the given sites allowed from here on. Unless sites are allowed, it is the
   * extension that was there before: a new one would be compiled anew, in processes of its own.
   */
  renew(next?: Pick<LaunchExtension, 'viewport' | 'allowedBefore'>): Promise<void>;
  close(): Promise<void>;
}

/** The built extension in a real browser; the same script drives Chromium and Firefox. */
export async function launchExtension(options: LaunchExtension): Promise<ExtensionBrowser> {
  const launched =
    options.browser === 'chromium' ? await launchChromium(options) : await launchFirefox(options);
  const { browser } = launched;
  const errors = createErrorLog();
  const adopted = new WeakMap<Page, Promise<void>>();
  let viewport: Viewport | null = null;
  let firstTab: Page | null = null;
  let isAllowedMore = (options.allowedBefore ?? []).length > 0;

  const adopt = (page: Page): Promise<void> => {
    const adoption = adopted.get(page) ?? watch(page);
    adopted.set(page, adoption);
    return adoption;
  };

  const watch = async (page: Page): Promise<void> => {
    page.on('pageerror', (error) => {
      errors.add({ kind: 'thrown', where: page.url(), text: errorText(error) });
    });
    page.on('console', (message) => {
      if (message.type() !== 'error' || isRefusal(message)) return;
      errors.add({ kind: 'console', where: page.url(), text: message.text() });
    });
    if (options.answer) await answerRequests(page, options.answer);
  };

  const adoptTab = async (target: Target): Promise<void> => {
    // Chromium's error page forgets the address, Firefox's target has none yet.
    const asked = target.url();
    const page = await target.page();
    if (!page || adopted.has(page)) return;
    await adopt(page);
    const lost = await addressOfErrorPage(page, asked);
    if (lost !== null && options.answer?.(lost)) await page.goto(lost);
  };

  if (options.watchBackground ?? true) {
    launched.onBackgroundError((text) => {
      errors.add({ kind: 'background', where: 'background', text });
    });
  }

  // Tabs that a page or the extension opens: their first request may have left before they were
  // adopted and been refused, so they are asked for once more.
  browser.on('targetcreated', (target) => {
    if (target.type() !== TargetType.PAGE) return;
    void adoptTab(target).catch(() => {
      // A tab can be gone before we reach it.
    });
  });

  const newPage = async (): Promise<Page> => {
    const page = await browser.newPage();
    await adopt(page);
    if (viewport) await page.setViewport(viewport);
    return page;
  };

  async function quietPage(): Promise<Page> {
    firstTab ??= (await browser.pages())[0] ?? null;
    if (!firstTab) throw new Error('the browser has no tab');
    await adopt(firstTab);
    return launched.openExtensionPage(firstTab, QUIET_FILE);
  }

  /** False where it must be installed anew, also because it is just being updated. */
  async function isForgotten(): Promise<boolean> {
    const { forgetAll } = launched;
    if (!forgetAll) return false;
    await keepOneTab(isThere);
    return isDone(quietPage().then(forgetAll));
  }

  async function keepOneTab(isUsable: (page: Page) => Promise<boolean>): Promise<void> {
    const tabs = (await browser.pages()).toSorted(
      (a, b) => Number(b === firstTab) - Number(a === firstTab),
    );
    firstTab = null;
    for (const page of tabs) {
      if (!firstTab && (await isUsable(page))) firstTab = page;
      else await page.close().catch(() => undefined);
    }
  }

  return {
    browser,
    ui: launched.ui,
    get extensionHost() {
      return launched.extensionHost;
    },
    errors,
    newPage,
    async open(url) {
      const page = await newPage();
      await page.goto(url);
      return page;
    },
    openExtensionPage: async (file) => launched.openExtensionPage(await newPage(), file),
    quietPage,
    stopBackground: launched.stopBackground,
    isBackgroundRunning: launched.isBackgroundRunning,
    async renew({ viewport: size = options.viewport, allowedBefore = [] } = {}) {
      const mustInstall = isAllowedMore || allowedBefore.length > 0;
      if (mustInstall || !(await isForgotten())) {
        await keepOneTab(emptied);
        await launched.reinstall(allowedBefore);
      }
      isAllowedMore = allowedBefore.length > 0;
      errors.clear();
      viewport = size ?? null;
    },
    close: () => browser.close(),
  };
}

/** Any page of the extension may ask the background. */
const QUIET_FILE = 'icon/16.png';

/** False for one that is gone: a reload of the extension closes its pages, and the driver lags behind. */
const isThere = (page: Page): Promise<boolean> => isDone(page.evaluate(() => true));
const emptied = (page: Page): Promise<boolean> => isDone(page.goto('about:blank'));

const isDone = (work: Promise<unknown>): Promise<boolean> =>
  work.then(
    () => true,
    () => false,
  );

const errorText = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);

/** The browser reports each request that we refused; that is our doing, not the page's. */
const isRefusal = (message: ConsoleMessage): boolean =>
  /net::ERR_(FAILED|NAME_NOT_RESOLVED|BLOCKED_BY_CLIENT)/.test(message.text());

/** The address that could not be loaded, once the tab has one; null when all is well. */
async function addressOfErrorPage(page: Page, asked: string): Promise<string | null> {
  for (let look = 0; look < 20; look += 1) {
    const [href, documentUri] = await page
      .evaluate(() => [location.href, document.documentURI])
      // Between two documents.
      .catch(() => ['about:blank']);
    if (/^(chrome-error|about:neterror)/.test(documentUri ?? '')) {
      return href?.startsWith('http') ? href : asked;
    }
    if (href !== 'about:blank') return null;
    await pause(50);
  }
  return null;
}
