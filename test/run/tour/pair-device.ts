import type { Page } from 'puppeteer-core';
import { action, field, part } from '../../support/panel.ts';
import type { TourStop } from './tour-stop.ts';

export const pairDevice: TourStop = {
  title: 'A second device, paired, has the same data',
  async show({ app, workerUrl, openOtherDevice, say, measured, shoot }) {
    const first = await app.openExtensionPage('dashboard.html#sync');
    await fill(first, 'worker-url', workerUrl);
    await first.locator(action('create-workspace')).click();
    await first.locator(action('start-pairing')).click();
    const code = await textOf(first, part('pairing-code'));
    say(`The first device shows the code ${code}`);

    const other = await openOtherDevice();
    const second = await other.openExtensionPage('dashboard.html#sync');
    await fill(second, 'worker-url', workerUrl);
    await fill(second, 'pairing-code', code);
    await second.locator(action('join-workspace')).click();
    const digits = await textOf(first, part('check-digits'));
    const same = (await textOf(second, part('check-digits'))) === digits;
    if (!same) throw new Error('the two devices show different check digits');
    say(`Both show the digits ${digits}; the first confirms.`);
    await shoot(second, 'pairing');

    const started = performance.now();
    await first.bringToFront();
    await first.locator(action('confirm-pairing')).click();
    const popup = await other.openExtensionPage('popup.html');
    await popup.setViewport({ width: 380, height: 600 });
    await popup.waitForSelector(part('today-line'), { timeout: 30_000 });
    measured(
      'pairing confirmed → the first client on the other device',
      performance.now() - started,
    );
    await shoot(popup, 'other-device');
    say('The other device now lists the same clients.');
  },
};

/** The worker's address may already be filled in, or not be asked for. */
async function fill(page: Page, name: string, value: string): Promise<void> {
  if (await page.$(field(name))) await page.locator(field(name)).fill(value);
}

async function textOf(page: Page, selector: string): Promise<string> {
  await page.bringToFront();
  await page.waitForSelector(selector, { timeout: 15_000 });
  return page.$eval(selector, (element) => (element.textContent ?? '').trim());
}
