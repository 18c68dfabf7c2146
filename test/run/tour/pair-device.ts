import { action, field, part } from '../../support/panel.ts';
import { fill, linesOf, openPopup, textOf, todayOn } from './on-screen.ts';
import type { TourStop } from './tour-stop.ts';

export const pairDevice: TourStop = {
  title: 'A second device, paired, has the same data',
  async show({ app, workerUrl, otherDevice, say, measured, shoot }) {
    const first = await app.openExtensionPage('dashboard.html#sync');
    await fill(first, 'worker-url', workerUrl);
    await first.locator(action('create-workspace')).click();
    say('A workspace is created; the worker will only ever see sealed rows.');
    await first.locator(action('start-pairing')).click();
    const code = await textOf(first, field('pairing-code'));
    say(`The first device shows the code ${code}`);

    const other = await otherDevice();
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
    const wanted = await todayOn(app);
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
