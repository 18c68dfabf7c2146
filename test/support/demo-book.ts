import type { ExtensionBrowser } from './extension.ts';
import { part } from './panel.ts';

/** Loads the demo's book of clients into an empty profile, through the demo build's own page. */
export async function loadDemoBook(app: ExtensionBrowser): Promise<void> {
  const popup = await app.openExtensionPage('popup.html');
  await popup.waitForSelector(part('popup'));
  const isEmpty = (await popup.$(part('first-run'))) !== null;
  await popup.close();
  // A profile that is kept has its book from the first time, and what was done with it since.
  if (!isEmpty) return;
  const page = await app.openExtensionPage('demo.html');
  await page.waitForFunction(() => 'mainstayDemo' in window);
  await page.evaluate(() => window.mainstayDemo.loadBook());
  await page.close();
}
