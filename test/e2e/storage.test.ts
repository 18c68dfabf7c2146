import type { Page } from 'puppeteer-core';
import { expect, test } from 'vitest';
import { action, panelOf, part } from '../support/panel.ts';
import { addLevi, openThread, startMail } from './support/mail.ts';

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
