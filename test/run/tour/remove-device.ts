import { action, part } from '../../support/panel.ts';
import { linesOf, openPopup, textOf, todayOn } from './on-screen.ts';
import type { TourStop } from './tour-stop.ts';

export const removeDevice: TourStop = {
  title: 'The other device is lost: remove it',
  async show({ app, otherDevice, say, measured, shoot }) {
    const other = await otherDevice();
    const theirs = await todayOn(other);
    const lost = await other.openExtensionPage('dashboard.html#sync');
    await lost.waitForSelector(`${part('sync-status')}[data-state=idle]`);

    const first = await app.openExtensionPage('dashboard.html#sync');
    await first.bringToFront();
    await first.locator(action('remove-device')).click();
    say(`First it is explained: “${await textOf(first, part('remove-device-help'))}”`);
    await shoot(first, 'remove-device');
    const started = performance.now();
    await first.locator(action('remove-device-confirm')).click();
    await lost.bringToFront();
    await lost.waitForSelector(`${part('sync-status')}[data-state=error]`, { timeout: 15_000 });
    measured('removed → the other device says so', performance.now() - started);
    say(`The other device says: “${await textOf(lost, part('sync-status'))}”`);
    await shoot(lost, 'removed-device');
    const still = await linesOf(await openPopup(other), (lines) => lines.join() === theirs.join());
    if (still.join() !== theirs.join()) throw new Error('the removed device lost what it held');
    say(`Its own ${still.length} lines stay on it; what is written from now on never reaches it.`);
  },
};
