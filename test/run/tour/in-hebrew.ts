import type { Page } from 'puppeteer-core';
import { people } from '../../support/mailbox/mailbox.ts';
import { rowWith } from '../../support/gmail.ts';
import { field, panelOf, part } from '../../support/panel.ts';
import type { TourStop } from './tour-stop.ts';

export const inHebrew: TourStop = {
  title: 'The same in Hebrew, right to left, in a dark theme',
  async show({ app, mailboxUrl, say, shoot }) {
    const settings = await app.openExtensionPage('dashboard.html#settings');
    await settings.bringToFront();
    await settings.waitForSelector(field('language'));
    await Promise.all([settings.waitForNavigation(), settings.select(field('language'), 'he')]);
    await settings.waitForSelector(field('language'));
    await shoot(settings, 'settings-hebrew');

    const url = new URL(mailboxUrl);
    url.searchParams.set('lang', 'he');
    const mailbox = await app.newPage();
    await mailbox.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }]);
    await mailbox.goto(url.href);
    await mailbox.bringToFront();
    await mailbox.locator(rowWith(people.david.address)).click();
    const panel = panelOf(mailbox);
    await panel.waitFor(part('stand'));
    await expectRightToLeft(mailbox);
    say(`The card says: “${await panel.text(part('stand'))}”`);
    await shoot(mailbox, 'card-hebrew');

    const popup = await app.openExtensionPage('popup.html');
    await popup.setViewport({ width: 380, height: 600 });
    await popup.waitForSelector(part('today-line'));
    await shoot(popup, 'today-hebrew');
  },
};

async function expectRightToLeft(page: Page): Promise<void> {
  const direction = await page.evaluate(
    () => document.querySelector('mainstay-panel')?.shadowRoot?.querySelector('aside')?.dir,
  );
  if (direction !== 'rtl') throw new Error(`the card's direction is ${direction ?? 'not there'}`);
}
