import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import type { ExtensionBrowser } from '../../support/extension.ts';
import { action, field, part } from '../../support/panel.ts';
import type { TourStop } from './tour-stop.ts';

export const pairDevice: TourStop = {
  title: 'A second device, paired, has the same data',
  async show({ app, workerUrl, openOtherDevice, say, measured, shoot }) {
    const first = await app.openExtensionPage('dashboard.html#sync');
    await fill(first, 'worker-url', workerUrl);
    await first.locator(action('create-workspace')).click();
    say('A workspace is created; the worker will only ever see sealed rows.');
    await first.locator(action('start-pairing')).click();
    const code = await textOf(first, field('pairing-code'));
    say(`The first device shows the code ${code}`);

    const other = await openOtherDevice();
    const second = await other.openExtensionPage('dashboard.html#sync');
    await fill(second, 'worker-url', workerUrl);
    await fill(second, 'join-code', code);
    await second.locator(action('join-workspace')).click();
    const digits = await textOf(first, part('check-digits'));
    const same = (await textOf(second, part('check-digits'))) === digits;
    if (!same) throw new Error('the two devices show different check digits');
    say(`Both show the digits ${digits}; the first confirms.`);
    await shoot(second, 'pairing');

    const started = performance.now();
    await first.bringToFront();
    await first.locator(action('confirm-pairing')).click();
    const wanted = await todayOn(app, (lines) => lines.length > 0);
    const popup = await openPopup(other);
    const seen = await linesOf(popup, (lines) => lines.join() === wanted.join());
    measured('pairing confirmed → the same list on the other device', performance.now() - started);
    await shoot(popup, 'other-device');
    if (seen.join() !== wanted.join()) {
      throw new Error(
        `the other device says “${seen[0] ?? 'nothing'}”, the first “${wanted[0] ?? ''}”`,
      );
    }
    say(`The other device lists the same ${seen.length} clients, for the same reasons.`);
  },
};

async function openPopup(app: ExtensionBrowser): Promise<Page> {
  const popup = await app.openExtensionPage('popup.html');
  await popup.setViewport({ width: 380, height: 600 });
  return popup;
}

async function todayOn(
  app: ExtensionBrowser,
  isEnough: (lines: readonly string[]) => boolean,
): Promise<readonly string[]> {
  const popup = await openPopup(app);
  const lines = await linesOf(popup, isEnough);
  await popup.close();
  return lines;
}

/** Who waits and why, read until it is enough or fifteen seconds have gone. */
async function linesOf(
  popup: Page,
  isEnough: (lines: readonly string[]) => boolean,
): Promise<readonly string[]> {
  const deadline = Date.now() + 15_000;
  for (;;) {
    const lines = await popup.$$eval(part('today-line'), (found) =>
      found.map((line) => (line.textContent ?? '').trim()),
    );
    if (isEnough(lines) || Date.now() > deadline) return lines;
    await pause(50);
  }
}

async function fill(page: Page, name: string, value: string): Promise<void> {
  await page.bringToFront();
  await page.locator(field(name)).fill(value);
}

async function textOf(page: Page, selector: string): Promise<string> {
  await page.bringToFront();
  await page.waitForSelector(selector, { timeout: 15_000 });
  return page.$eval(selector, (element) => (element.textContent ?? '').trim());
}
