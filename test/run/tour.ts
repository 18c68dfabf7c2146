import { copyFile, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Children } from '../support/children.ts';
import { loadDemoBook } from '../support/demo-book.ts';
import { launchExtension, type ExtensionBrowser } from '../support/extension.ts';
import { builds, inRoot } from '../support/paths.ts';
import { addSender } from './tour/add-sender.ts';
import { inHebrew } from './tour/in-hebrew.ts';
import { logCall } from './tour/log-call.ts';
import { openEmail } from './tour/open-email.ts';
import { pairDevice } from './tour/pair-device.ts';
import { removeDevice } from './tour/remove-device.ts';
import { restoreBackup } from './tour/restore-backup.ts';
import { settleReminder } from './tour/settle-reminder.ts';
import type { Tour, TourStop } from './tour/tour-stop.ts';

export interface TourPlaces {
  readonly children: Children;
  readonly mailboxUrl: string;
  readonly workerUrl: string;
}

const stops: readonly TourStop[] = [
  openEmail,
  logCall,
  addSender,
  settleReminder,
  pairDevice,
  restoreBackup,
  removeDevice,
  inHebrew,
];

/**
 * What `npm start` shows on a screen, without one: each stop is done for real in headless Chromium,
 * told in a line, measured and photographed.
 *
 * @returns the exit code: 1 when a stop did not show what it should
 */
export async function runTour(places: TourPlaces): Promise<number> {
  const folder = inRoot('.mainstay/tour');
  // Only this run's pictures.
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const openDevice = async (): Promise<ExtensionBrowser> => {
    const app = await launchExtension({
      browser: 'chromium',
      extensionPath: builds.demo,
      headless: true,
      answer: () => null,
    });
    places.children.own(app.close);
    return app;
  };
  const app = await openDevice();
  let other: Promise<ExtensionBrowser> | null = null;
  await loadDemoBook(app);
  const mailbox = await app.open(places.mailboxUrl);
  await mailbox.waitForSelector('[gh=tl] tr.zA', { visible: true });

  const times: string[] = [];
  let shots = 0;
  const tour: Tour = {
    app,
    mailbox,
    mailboxUrl: places.mailboxUrl,
    workerUrl: places.workerUrl,
    otherDevice: () => (other ??= openDevice()),
    openEmptyDevice: openDevice,
    folder,
    say: (text) => {
      console.log(`   ${text}`);
    },
    measured: (what, ms) => {
      times.push(`${ms.toFixed(0).padStart(7)} ms  ${what}`);
      console.log(`   ${ms.toFixed(0)} ms: ${what}`);
    },
    shoot: async (page, name) => {
      shots += 1;
      const file = join(folder, `${String(shots).padStart(2, '0')}-${name}.png`);
      // A tab behind another one paints nothing, and its picture would never come.
      await page.bringToFront();
      await page.screenshot({ path: file, type: 'png' });
      if (name === 'card' && process.argv.includes('--readme')) {
        await copyFile(file, inRoot('docs/screenshot.png'));
      }
    },
  };
  const failed = await showStops(tour);
  console.log(`\nMeasured:\n${times.join('\n')}`);
  console.log(`\n${shots} screenshots in ${folder}`);
  for (const error of app.errors.all()) console.error(`an error on the way: ${error.text}`);
  return failed === 0 ? 0 : 1;
}

async function showStops(tour: Tour): Promise<number> {
  let failed = 0;
  for (const [index, stop] of stops.entries()) {
    console.log(`\n${index + 1}. ${stop.title}`);
    try {
      await stop.show(tour);
    } catch (error) {
      failed += 1;
      console.error(
        `   Not as it should be: ${error instanceof Error ? error.message : String(error)}`,
      );
      await tour.shoot(tour.mailbox, 'not-as-it-should-be').catch(() => null);
    }
  }
  return failed;
}
