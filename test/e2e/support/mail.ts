import type { Page } from 'puppeteer-core';
import { afterAll, inject, onTestFinished } from 'vitest';
import type { AllMessages } from '../../../extension/page/all-messages.ts';
import type { BrowserKind } from '../../support/browser.ts';
import { launchExtension, type ExtensionBrowser, type Viewport } from '../../support/extension.ts';
import { DEMO_ACCOUNT, demoThreads } from '../../support/mailbox/mailbox.ts';
import { mailboxResponse } from '../../support/mailbox/mailbox-response.ts';
import { isOutlook, outlookResponse } from '../../support/outlook-response.ts';
import { sitePage } from './site-pages.ts';
import { panelOf, type Panel } from '../../support/panel.ts';
import { builds } from '../../support/paths.ts';

export const GMAIL = 'https://mail.google.com';
export const MAILBOX = `${GMAIL}/mail/u/0/`;
/** The same page where the extension has no business. */
export const ELSEWHERE = 'https://mail.example';
/** Whose mailbox `/mail/u/1/` is. */
export const OTHER_ACCOUNT = 'robin@second-desk.example';
export const NOW = Date.now();
const PRODUCTION_BUILDS = { chromium: builds.chrome, firefox: builds.firefox } as const;
const VIEWPORT = { width: 1280, height: 900 };

export interface Mail {
  readonly extension: ExtensionBrowser;
  /** A tab with the mailbox under Gmail's own address. */
  openMailbox(query?: string): Promise<Page>;
  /** Asks the background as a page of the extension does, and gives the value or throws. */
  ask<Name extends keyof AllMessages>(
    name: Name,
    input: AllMessages[Name][0],
  ): Promise<AllMessages[Name][1]>;
}

interface MailOptions {
  /** Sites that the test turns on, as match patterns. */
  readonly sites?: readonly string[];
  readonly viewport?: Viewport;
}

/**
 * The production build in the browser whose run this is, with our mailbox answering for Gmail; it ends
 * with the test. In Firefox's run a test's second device is a Chromium.
 */
export async function startMail({ viewport, sites }: MailOptions = {}): Promise<Mail> {
  const extension =
    inject('browser') === 'firefox'
      ? await borrowFirefox(viewport)
      : await launch('chromium', viewport, sites);
  let asking: Page | null = null;
  return {
    extension,
    openMailbox: (query = '') => extension.open(MAILBOX + query),
    async ask(name, input) {
      asking ??= await extension.openExtensionPage('dashboard.html');
      const answer = await asking.evaluate(
        (message) => chrome.runtime.sendMessage<unknown, unknown>(message),
        { name, input },
      );
      if (!isOk(answer)) throw new Error(`${name} was refused: ${JSON.stringify(answer)}`);
      return answer.value as AllMessages[typeof name][1];
    },
  };
}

async function launch(
  browser: BrowserKind,
  viewport?: Viewport,
  sites?: readonly string[],
): Promise<ExtensionBrowser> {
  const extension = await launchBrowser(browser, viewport, sites);
  onTestFinished(() => extension.close());
  return extension;
}

const launchBrowser = (
  browser: BrowserKind,
  viewport: Viewport = VIEWPORT,
  sites: readonly string[] = [],
): Promise<ExtensionBrowser> =>
  launchExtension({
    browser,
    extensionPath: PRODUCTION_BUILDS[browser],
    headless: true,
    viewport,
    allowedBefore: sites,
    answer: (asked) => {
      const url = new URL(asked);
      if (isOutlook(url)) return outlookResponse(url);
      const site = sitePage(url);
      if (site) return site;
      if (url.origin !== GMAIL && url.origin !== ELSEWHERE) return null;
      return mailboxResponse(url.pathname + url.search, {
        now: NOW,
        account: DEMO_ACCOUNT,
        otherAccounts: [OTHER_ACCOUNT],
      });
    },
  });

/** Firefox takes four seconds to start, so the tests of a file use one, each as good as new. */
let firefox: ExtensionBrowser | null = null;
let isLent = false;
afterAll(() => firefox?.close());

async function borrowFirefox(viewport?: Viewport): Promise<ExtensionBrowser> {
  // What one browser says the other understands: the second device is another one.
  if (isLent) return launch('chromium', viewport);
  isLent = true;
  onTestFinished(() => {
    isLent = false;
  });
  // A test may have closed it.
  if (firefox?.browser.connected) await firefox.renew(viewport ?? VIEWPORT);
  else firefox = await launchBrowser('firefox', viewport);
  return firefox;
}

const isOk = (answer: unknown): answer is { readonly ok: true; readonly value: unknown } =>
  typeof answer === 'object' && answer !== null && 'ok' in answer && answer.ok === true;

/** The legacy id of a thread of the demo mailbox. */
export function idOfThread(key: string): string {
  const thread = demoThreads(NOW, DEMO_ACCOUNT).find((candidate) => candidate.key === key);
  if (!thread) throw new Error(`the demo mailbox has no thread ${key}`);
  return thread.id;
}

/** Opens a thread of the demo mailbox by its key, as a click in the list would. */
export async function openThread(page: Page, key: string): Promise<Panel> {
  await page.bringToFront();
  await page.evaluate((id) => {
    location.hash = `#inbox/${id}`;
  }, idOfThread(key));
  return panelOf(page);
}

const DAY_MS = 86_400_000;

/** A client with one person and calls so many days ago, through the same messages as a user's clicks. */
export async function addClient(
  mail: Mail,
  client: {
    readonly name: string;
    readonly person: string;
    readonly address: string;
    readonly domain?: string | null;
    readonly touchedDaysAgo?: readonly number[];
  },
): Promise<string> {
  const { clientId } = await mail.ask('client.add', {
    clientName: client.name,
    personName: client.person,
    address: client.address,
    domain: client.domain ?? null,
  });
  for (const days of client.touchedDaysAgo ?? []) {
    await mail.ask('log.add', {
      clientId,
      contactId: null,
      kind: 'call',
      direction: 'both',
      at: Date.now() - days * DAY_MS,
      minutes: null,
      summary: `call ${days} days ago`,
      subject: '',
      threadUrl: null,
      source: null,
      again: false,
    });
  }
  return clientId;
}

export const addLevi = (mail: Mail, touchedDaysAgo: readonly number[] = []): Promise<string> =>
  addClient(mail, {
    name: 'Levi & Sons',
    person: 'Noa Levi',
    address: 'noa@levi-sons.example',
    domain: 'levi-sons.example',
    touchedDaysAgo,
  });

/** What the card's own query says was logged with a client, newest first. */
export async function loggedWith(
  mail: Mail,
  clientId: string,
): Promise<AllMessages['card.client'][1]['recent']> {
  const card = await mail.ask('card.client', { clientId, source: null });
  return card.recent;
}
