import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { action, field, part } from '../../support/panel.ts';
import { fill, linesOf, openPopup, textOf, todayOn } from './on-screen.ts';
import type { TourStop } from './tour-stop.ts';

const PASSPHRASE = 'harbour lights at dawn';

export const restoreBackup: TourStop = {
  title: 'A backup, restored in an empty browser',
  async show({ app, openEmptyDevice, folder, say, measured, shoot }) {
    const first = await app.openExtensionPage('dashboard.html#sync');
    const files = join(folder, 'backup');
    await mkdir(files, { recursive: true });
    const browser = await first.createCDPSession();
    await browser.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: files });
    await fill(first, 'backup-passphrase', PASSPHRASE);
    await first.locator(action('make-backup')).click();
    const file = await savedFile(files);
    say(`One sealed file: ${file}`);
    const wanted = await todayOn(app);

    const empty = await openEmptyDevice();
    const page = await empty.openExtensionPage('dashboard.html#sync');
    const input = await page.waitForSelector(`input${field('restore-file')}`);
    await (input as Awaited<ReturnType<typeof page.$<'input'>>>)?.uploadFile(join(files, file));
    await fill(page, 'restore-passphrase', PASSPHRASE);
    await page.locator(action('look-backup')).click();
    say(`Before anything is restored: “${await textOf(page, part('backup-contents'))}”`);
    await shoot(page, 'backup-contents');
    const started = performance.now();
    await page.locator(action('restore-backup')).click();
    await page.waitForSelector(part('backup-restored'), { timeout: 60_000 });
    measured('click on “Restore” → all there', performance.now() - started);
    const popup = await openPopup(empty);
    const seen = await linesOf(popup, (lines) => lines.join() === wanted.join());
    await shoot(popup, 'restored');
    if (seen.join() !== wanted.join()) {
      throw new Error(
        `the restored browser says “${seen[0] ?? 'nothing'}”, the first “${wanted[0] ?? ''}”`,
      );
    }
    say(`The empty browser lists the same ${seen.length} clients, for the same reasons.`);
  },
};

/** The name of the finished download: a browser writes under another name until it is whole. */
async function savedFile(folder: string): Promise<string> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const name = (await readdir(folder)).find((each) => !each.endsWith('.crdownload'));
    if (name) return name;
    if (Date.now() > deadline) throw new Error('no backup was saved');
    await pause(100);
  }
}
