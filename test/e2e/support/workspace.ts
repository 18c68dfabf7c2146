import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { expect, onTestFinished } from 'vitest';
import { createChildren } from '../../support/children.ts';
import { action, field, part } from '../../support/panel.ts';
import { startWorker, type RunningWorker } from '../../support/worker.ts';
import type { Mail } from './mail.ts';

const children = createChildren();
let shared: Promise<RunningWorker> | null = null;

/** One for all tests that only ask it: each makes a workspace of its own. It ends with this process. */
export function sharedWorker(): Promise<RunningWorker> {
  shared ??= mkdtemp(join(tmpdir(), 'mainstay-worker-')).then((persistTo) => {
    process.on('exit', () => rmSync(persistTo, { recursive: true, force: true }));
    return startWorker({ children, persistTo });
  });
  return shared;
}

export async function createWorkspace(mail: Mail, worker: RunningWorker): Promise<void> {
  const page = await mail.extension.openExtensionPage('dashboard.html');
  await page.waitForSelector(field('worker-url'));
  await page.type(field('worker-url'), worker.url);
  await page.click(action('create-workspace'));
  await page.waitForSelector(`${part('sync-status')}[data-state=idle]`);
}

/** The settings of both devices, as they stand after it. */
export interface Paired {
  readonly hostPage: Page;
  readonly joinerPage: Page;
}

/** As two people would: the code read off one screen and typed on the other, the digits compared. */
export async function pair(host: Mail, joiner: Mail, worker: RunningWorker): Promise<Paired> {
  const hostPage = await host.extension.openExtensionPage('dashboard.html');
  await hostPage.waitForSelector(action('start-pairing'));
  await hostPage.click(action('start-pairing'));
  await hostPage.waitForSelector(field('pairing-code'));
  const code = await textOf(hostPage, field('pairing-code'));
  const joinerPage = await joiner.extension.openExtensionPage('dashboard.html');
  await joinerPage.waitForSelector(field('worker-url'));
  await joinerPage.type(field('worker-url'), worker.url);
  await joinerPage.type(field('join-code'), code);
  await joinerPage.click(action('join-workspace'));
  await joinerPage.waitForSelector(part('check-digits'));
  await hostPage.bringToFront();
  await hostPage.waitForSelector(part('check-digits'));
  expect(await textOf(hostPage, part('check-digits'))).toBe(
    await textOf(joinerPage, part('check-digits')),
  );
  await hostPage.click(action('confirm-pairing'));
  await joinerPage.bringToFront();
  await joinerPage.waitForSelector(`${part('pairing')}[data-phase=done]`);
  return { hostPage, joinerPage };
}

export async function textOf(page: Page, selector: string): Promise<string> {
  return page.$eval(selector, (element) => element.textContent ?? '');
}

/** A client's row as it lies in the database; asked of a page of the extension. */
export const clientRow = (page: Page, clientId: string): Promise<unknown> =>
  page.evaluate(
    (id) =>
      new Promise<unknown>((resolve, reject) => {
        const opening = indexedDB.open('mainstay');
        opening.addEventListener('error', () => reject(new Error('not opened')));
        opening.addEventListener('success', () => {
          const db = opening.result;
          const reading = db.transaction('clients').objectStore('clients').get(id);
          reading.addEventListener('success', () => {
            db.close();
            resolve(reading.result);
          });
        });
      }),
    clientId,
  );

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'mainstay-worker-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}
