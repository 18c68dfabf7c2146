import type { Page } from 'puppeteer-core';
import { expect, test } from 'vitest';
import { action, panelOf, part } from '../support/panel.ts';
import { addLevi, openThread, startMail } from './support/mail.ts';

/** The first one's, as IndexedDB counts Dexie's. */
const OLDER_VERSION = 10;

test('when the browser deletes the data, the popup says so and what to do', async () => {
  const mail = await startMail();
  await addLevi(mail);
  const page = await mail.extension.openExtensionPage('dashboard.html');
  await mail.extension.stopBackground();
  await changeDatabase(page, 'delete');
  // The next message finds a new, empty database where there had been one.
  await mail.ask('client.search', { text: 'levi' });
  const popup = await mail.extension.openExtensionPage('popup.html');
  await popup.waitForSelector(part('problem'));
  const words = await popup.$eval(part('problem'), (element) => element.textContent ?? '');
  expect(words).toContain('deleted');
  expect(words).toContain('pair this browser again');
  await popup.click(action('dismiss-evicted'));
  const next = await mail.extension.openExtensionPage('popup.html');
  await next.waitForSelector(part('first-run'));
  expect(await next.$(part('problem'))).toBeNull();
});

test('data written by a newer version is left alone and explained, in the popup and on the card', async () => {
  const mail = await startMail();
  await addLevi(mail);
  const mailbox = await mail.openMailbox();
  await openThread(mailbox, 'noa-quote');
  await panelOf(mailbox).waitFor(part('stand'));
  const page = await mail.extension.openExtensionPage('dashboard.html');
  await changeDatabase(page, 'upgrade');
  const popup = await mail.extension.openExtensionPage('popup.html');
  await popup.waitForSelector(part('problem'));
  expect(await popup.$eval(part('problem'), (element) => element.textContent)).toContain(
    'newer Mainstay',
  );
  const panel = await openThread(mailbox, 'ari-thanks');
  await panel.waitFor(part('problem'));
  expect(await panel.text(part('problem'))).toContain('Update the extension');
  // A page that starts only now has its words from elsewhere.
  const later = await openThread(await mail.openMailbox(), 'noa-quote');
  await later.waitFor(part('problem'));
  expect(await later.text(part('problem'))).toContain('Update the extension');
});

test('a database that an older page keeps is explained on the card, which is there once the page is gone', async () => {
  const mail = await startMail();
  // A background that is only just being installed cannot be stopped.
  await addLevi(mail);
  const older = await mail.extension.openExtensionPage('icon/16.png');
  await mail.extension.stopBackground();
  await holdOlderDatabase(older);
  const mailbox = await mail.openMailbox();
  const panel = await openThread(mailbox, 'noa-quote');
  await panel.waitFor(part('problem'));
  expect(await panel.text(part('problem'))).toContain('Close other Mainstay tabs');
  await older.close();
  const tryAgain = async (): Promise<string> => {
    if (await panel.has(action('retry'))) await panel.click(action('retry'));
    return (await panel.has('[data-view=unknown]')) ? 'not a client' : panel.text('[data-view]');
  };
  await expect.poll(tryAgain).toBe('not a client');
});

/** Not through our own code: as the browser or a newer version would. */
async function changeDatabase(page: Page, change: 'delete' | 'upgrade'): Promise<void> {
  await page.evaluate(
    (wanted) =>
      new Promise<void>((resolve, reject) => {
        const request =
          wanted === 'delete'
            ? indexedDB.deleteDatabase('mainstay')
            : indexedDB.open('mainstay', 9999);
        request.addEventListener('error', () => reject(new Error('not changed')));
        request.addEventListener('success', () => {
          if (wanted === 'upgrade') request.result.close();
          resolve();
        });
      }),
    change,
  );
}

/** As a page of an older version that does not let go of its database for a newer one. */
async function holdOlderDatabase(page: Page): Promise<void> {
  await page.evaluate(
    (older) =>
      new Promise<void>((resolve, reject) => {
        indexedDB.deleteDatabase('mainstay');
        const request = indexedDB.open('mainstay', older);
        request.addEventListener('error', () => reject(new Error('not opened')));
        request.addEventListener('success', () => {
          // Firefox closes one that nothing refers to any more, and then nobody keeps it.
          Object.assign(window, { kept: request.result });
          resolve();
        });
      }),
    OLDER_VERSION,
  );
}
