import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { CDPSession, Page } from 'puppeteer-core';
import type { Children } from '../support/children.ts';
import {
  launchExtension,
  type AnswerRequest,
  type ExtensionBrowser,
} from '../support/extension.ts';
import { builds } from '../support/paths.ts';
import type { Rests } from './rest.ts';
import type { Correspondent } from './page/book.ts';

export interface Scripts {
  readonly stopwatch: string;
  readonly messenger: string;
  readonly book: string;
  readonly firstLine: string;
}

/** What each measurement is given. */
export interface Bench {
  /** Closes the browsers when the run is interrupted. */
  readonly children: Children;
  readonly profile: string;
  readonly scripts: Scripts;
  readonly rests: Rests;
  /** Samples per figure. */
  readonly samples: number;
  /** Whether a part was asked for. */
  readonly wants: (part: string) => boolean;
}

/** Without `answer` no request of a page is stopped on its way, as each is under interception. */
export async function launchBench(
  { profile, children }: Bench,
  answer?: AnswerRequest,
): Promise<ExtensionBrowser> {
  // Chromium would go on running the background of an earlier build: its version has not changed.
  await rm(join(profile, 'Default/Service Worker'), { recursive: true, force: true });
  const app = await launchExtension({
    browser: 'chromium',
    extensionPath: builds.demo,
    userDataDir: profile,
    headless: true,
    watchBackground: false,
    ...(answer && { answer }),
  });
  children.own(app.close);
  return app;
}

/** A page of the extension with the real database code in it. Close it: it keeps the process awake. */
export async function openBook(app: ExtensionBrowser, { scripts }: Bench): Promise<Page> {
  const page = await app.openExtensionPage('demo.html');
  await page.evaluate(scripts.book);
  return page;
}

export async function pickCorrespondents(
  app: ExtensionBrowser,
  bench: Bench,
  count: number,
): Promise<readonly Correspondent[]> {
  const page = await openBook(app, bench);
  const people = await page.evaluate((wanted) => window.book.correspondents(wanted), count);
  await page.close();
  return people;
}

/** The world that the extension's content script has to itself in a page. */
export interface ContentWorld {
  run<Result>(expression: string): Promise<Result>;
}

export async function contentWorldOf(page: Page, bench: Bench): Promise<ContentWorld> {
  const session = await page.createCDPSession();
  const contextId = await contentContext(session);
  const world: ContentWorld = {
    async run<Result>(expression: string) {
      const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
        contextId,
        expression,
        awaitPromise: true,
        returnByValue: true,
      });
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description);
      return result.value as Result;
    },
  };
  await world.run(`${bench.scripts.messenger};undefined`);
  return world;
}

async function contentContext(session: CDPSession): Promise<number> {
  const found = new Promise<number>((resolve) => {
    session.on('Runtime.executionContextCreated', ({ context }) => {
      if (context.origin.startsWith('chrome-extension://')) resolve(context.id);
    });
  });
  await session.send('Runtime.enable');
  return found;
}
