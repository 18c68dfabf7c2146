import type { Page } from 'puppeteer-core';
import { inject, onTestFinished } from 'vitest';
import type { AllMessages } from '../../../extension/page/all-messages.ts';
import type { BrowserKind } from '../../support/browser.ts';
import {
  launchExtension,
  type ExtensionBrowser,
  type LaunchExtension,
  type Viewport,
} from '../../support/extension.ts';
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
export async function startMail(options: MailOptions = {}): Promise<Mail> {
  const extension = await borrow(options);
  let asking: Page | null = null;
  return {
    extension,
    openMailbox: (query = '') => extension.open(MAILBOX + query),
    async ask(name, input) {
      asking ??= await extension.quietPage();
      const answer = await asking.evaluate(
        (message) => chrome.runtime.sendMessage<unknown, unknown>(message),
        { name, input },
      );
      if (!isOk(answer)) throw new Error(`${name} was refused: ${JSON.stringify(answer)}`);
      return answer.value as AllMessages[typeof name][1];
    },
  };
}

// The runner ends this process by a signal, and half a second later by another that nobody hears. The
// driver's way of ending its browsers, which is to delete their profiles as well, can take longer.
process.once('SIGTERM', () => process.exit());
process.prependListener('exit', () => {
  for (const { extension } of [...lent, ...idle]) extension.browser.process()?.kill('SIGKILL');
});

/** A browser takes seconds to start, so the tests hand it on, each time as good as new. */
const lent = new Set<Lendable>();
const idle = new Set<Lendable>();

interface Lendable {
  readonly kind: BrowserKind;
  readonly extension: ExtensionBrowser;
}

async function borrow(options: MailOptions): Promise<ExtensionBrowser> {
  // What one browser says the other understands: the second device is another one.
  const isSecond = [...lent].some(({ kind }) => kind === 'firefox');
  const kind = isSecond ? 'chromium' : inject('browser');
  const found = [...idle].find((each) => each.kind === kind);
  const lendable = found ?? { kind, extension: await launchBrowser(kind, options) };
  if (found) {
    idle.delete(found);
    await found.extension.renew(renewal(options));
  }
  lent.add(lendable);
  onTestFinished(({ task }) => {
    lent.delete(lendable);
    const { browser } = lendable.extension;
    // One that a test failed in may not even close any more; others a test has closed.
    if (task.result?.state === 'fail') browser.process()?.kill('SIGKILL');
    else if (browser.connected) idle.add(lendable);
  });
  return lendable.extension;
}

const renewal = ({
  viewport = VIEWPORT,
  sites = [],
}: MailOptions): Pick<LaunchExtension, 'viewport' | 'allowedBefore'> => ({
  viewport,
  allowedBefore: sites,
});

const launchBrowser = (browser: BrowserKind, options: MailOptions): Promise<ExtensionBrowser> =>
  launchExtension({
    ...renewal(options),
    browser,
    extensionPath: PRODUCTION_BUILDS[browser],
    headless: true,
    isFrugal: true,
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
