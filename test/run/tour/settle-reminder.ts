import { action, part } from '../../support/panel.ts';
import type { TourStop } from './tour-stop.ts';

export const settleReminder: TourStop = {
  title: 'The popup says who waits; settle the first',
  async show({ app, say, measured, shoot }) {
    const started = performance.now();
    const popup = await app.openExtensionPage('popup.html');
    await popup.setViewport({ width: 380, height: 600 });
    await popup.waitForSelector(part('today-line'));
    measured('popup opened → list there (with the tab around it)', performance.now() - started);
    const lines = await popup.$$(part('today-line'));
    const first = await lines[0]?.evaluate((line) => (line.textContent ?? '').trim());
    say(`${lines.length} lines; first: “${(first ?? '').slice(0, 80)}”`);
    await shoot(popup, 'today');
    const client = await popup.$eval(part('today-line'), (line) =>
      line.getAttribute('data-client'),
    );
    await popup.locator(`${part('today-line')} ${action('log-call')}`).click();
    await popup.waitForSelector(`${part('today-line')}[data-client="${client ?? ''}"]`, {
      hidden: true,
      timeout: 5000,
    });
    say('One click settled it: the line has left the list.');
    await shoot(popup, 'today-settled');
    await popup.close();
  },
};
