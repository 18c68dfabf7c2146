import type { Page } from 'puppeteer-core';
import { expect, test } from 'vitest';
import { panelOf, part } from '../support/panel.ts';
import { addLevi, MAILBOX, openThread, startMail } from './support/mail.ts';

test('settings show which rules have read the mailbox, and a report when it has changed', async () => {
  const mail = await startMail();
  await addLevi(mail);
  const page = await mail.openMailbox();
  const panel = await openThread(page, 'noa-quote');
  await panel.waitFor(part('stand'));
  await openThread(page, 'ari-thanks');
  await panel.waitFor(part('stand'));
  // A tab that is put behind another keeps what it has counted.
  const settings = await mail.extension.openExtensionPage('dashboard.html');
  await settings.bringToFront();
  await expect.poll(() => readAnew(settings)).toContain('thread-2023 2');
  expect(await settings.$eval(part('verdict'), (verdict) => verdict.textContent)).toBe(
    'Read as expected',
  );

  // The mailbox is built anew: an open thread, and nothing of what we know.
  await page.bringToFront();
  await page.evaluate(async () => {
    location.hash = '#inbox/19a0ffffffffffff';
    await new Promise((resolve) => window.addEventListener('hashchange', resolve, { once: true }));
    const strange = document.createElement('section');
    strange.className = 'Qq7';
    strange.append('a secret sentence');
    document.querySelector('[role=main]:not([style*=none])')?.replaceChildren(strange);
  });
  await panelOf(page).waitFor(part('problem'));
  await settings.bringToFront();
  await expect.poll(() => readAnew(settings)).toContain('This page has changed');
  const report = await settings.$eval('[data-field=drift-report]', (field) => Object(field).value);
  expect(report).toContain('section[class]');
  expect(report).not.toMatch(/secret|noa|levi/i);
  expect(report).not.toContain(MAILBOX);
  await settings.click('[data-action=copy-drift]');
  await settings.click('[data-action=clear-health]');
  await expect.poll(() => settings.$(part('verdict'))).toBeNull();
});

/** What the settings say once they are loaded anew. Firefox never tells the driver that they are, so it asks. */
async function readAnew(settings: Page): Promise<string> {
  await settings.evaluate(() => {
    document.documentElement.dataset.old = '';
    location.reload();
  });
  const section = await settings.waitForSelector(`html:not([data-old]) ${part('page-health')}`);
  return (await section?.evaluate(({ textContent }) => textContent)) ?? '';
}
