import type { ExtensionBrowser } from '../../support/extension.ts';
import type { Bench } from '../bench-browser.ts';
import { timed, type Figure } from '../figures.ts';
import type { Correspondent } from '../page/book.ts';
import { spreadOf } from '../statistics.ts';
import { WARM_UP } from './card.ts';

const OUTLOOK_URL = 'https://outlook.office.com/mail/inbox?page=address-in-text';
/** The panel has come to rest by then. */
const REST_MS = 250;

/** Conversations of one known sender after the other, drawn as Outlook draws them. */
export async function outlookFigure(
  app: ExtensionBrowser,
  { scripts, rests }: Bench,
  people: readonly Correspondent[],
): Promise<Figure> {
  const page = await app.newPage();
  await page.evaluateOnNewDocument(scripts.stopwatch);
  await page.goto(OUTLOOK_URL);
  await page.bringToFront();
  const times: number[] = [];
  for (const person of people) {
    await rests.rest(REST_MS);
    times.push(await page.evaluate((sender) => window.stopwatch.outlookCard(sender), person));
  }
  await page.close();
  return timed('sender in the DOM → card painted, Outlook', spreadOf(times.slice(WARM_UP)), {
    goals: [{ of: 'p95', limit: 33 }],
  });
}
