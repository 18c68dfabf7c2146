import type { Page } from 'puppeteer-core';
import { expect, test } from 'vitest';
import { dayFromNumber, dayNumber } from '../../shared/rules/days.ts';
import { action, field, part } from '../support/panel.ts';
import { addLevi, openThread, startMail, type Mail } from './support/mail.ts';

const MINUTE_MS = 60_000;
const today = dayNumber(Date.now());
const TODAY = dayFromNumber(today);
const YESTERDAY = dayFromNumber(today - 1);

interface Store {
  /** What the database holds in one of its stores, read by the browser's own means. */
  rows(name: string): Promise<readonly Record<string, unknown>[]>;
  /** As if a client's pages had been in front for so long: nobody waits for that in a test. */
  spent(clientId: string, day: string, minutes: number): Promise<void>;
  /** Entries that stand. */
  entries(): Promise<readonly Record<string, unknown>[]>;
  /** Who is in front now, as the background keeps it; undefined before anybody ever was. */
  span(): Promise<unknown>;
}

/** Through a page of the extension that stays behind the others: what is in front is what is tested. */
async function openStore(mail: Mail): Promise<Store> {
  const page = await mail.extension.openExtensionPage('dashboard.html');
  const rows: Store['rows'] = (store) =>
    page.evaluate(async (name) => {
      const open = indexedDB.open('mainstay');
      await new Promise((resolve) => open.addEventListener('success', resolve));
      const all = open.result.transaction(name).objectStore(name).getAll();
      await new Promise((resolve) => all.addEventListener('success', resolve));
      open.result.close();
      return all.result as Record<string, unknown>[];
    }, store);
  return {
    rows,
    spent: (clientId, day, minutes) =>
      page.evaluate(
        async (row) => {
          const open = indexedDB.open('mainstay');
          await new Promise((resolve) => open.addEventListener('success', resolve));
          const writing = open.result.transaction('focusTimes', 'readwrite');
          writing.objectStore('focusTimes').put(row);
          await new Promise((resolve) => writing.addEventListener('complete', resolve));
          open.result.close();
        },
        { clientId, day, ms: minutes * MINUTE_MS },
      ),
    entries: async () => (await rows('timeEntries')).filter(({ deleted }) => deleted !== true),
    span: async () => (await rows('kv')).find(({ key }) => key === 'focus-span')?.['value'],
  };
}

const openPopup = (mail: Mail): Promise<Page> => mail.extension.openExtensionPage('popup.html');

test('a thread in front is counted from the moment it is seen, and no longer when it is left', async () => {
  const mail = await startMail();
  const clientId = await addLevi(mail);
  const store = await openStore(mail);
  const panel = await openThread(await mail.openMailbox(), 'noa-quote');
  await panel.waitFor(part('stand'));
  await expect.poll(() => store.span()).toMatchObject({ clientId });
  await openPopup(mail);
  await expect.poll(() => store.span()).toBeNull();
  expect(await store.entries()).toEqual([]);
});

test('the card suggests the time spent today; one click records it, one corrects it, one takes it back', async () => {
  const mail = await startMail();
  const clientId = await addLevi(mail);
  const store = await openStore(mail);
  await store.spent(clientId, TODAY, 25);
  const panel = await openThread(await mail.openMailbox(), 'noa-quote');
  await panel.waitFor(part('time-suggestion'));
  expect(await panel.text(part('time-suggestion'))).toContain('About 25 minutes here today');
  expect(await store.entries()).toEqual([]);

  await panel.click(action('record-time'));
  await panel.waitUntilGone(part('time-suggestion'));
  expect(await store.entries()).toMatchObject([
    { clientId, day: TODAY, minutes: 25, from: 'suggested' },
  ]);
  await panel.click(action('undo'));
  await panel.waitFor(part('time-suggestion'));
  expect(await store.entries()).toEqual([]);

  // The quarter below, then the one above.
  await panel.click(`${action('record-other')}:nth-of-type(3)`);
  await panel.waitUntilGone(part('time-suggestion'));
  expect(await store.entries()).toMatchObject([{ minutes: 30 }]);
});

test('the popup suggests what was left of the days before, and asks once', async () => {
  const mail = await startMail();
  const clientId = await addLevi(mail, [1]);
  const store = await openStore(mail);
  await store.spent(clientId, YESTERDAY, 40);
  const popup = await openPopup(mail);
  await popup.waitForSelector(part('time-suggestion'));
  const words = await popup.$eval(part('time-suggestion'), (element) => element.textContent ?? '');
  expect(words.replaceAll(/[\u2068\u2069]/g, '')).toContain('Levi & Sons: about 40 min, yesterday');

  await popup.click(action('decline-time'));
  await popup.waitForSelector(part('time-suggestion'), { hidden: true });
  await popup.click(action('undo'));
  await popup.waitForSelector(part('time-suggestion'));
  await popup.click(action('record-time'));
  await popup.waitForSelector(part('time-suggestion'), { hidden: true });
  // Anew, since Firefox does not always tell the driver of a reload.
  await popup.close();
  const again = await openPopup(mail);
  await again.waitForSelector(field('typed-line'));
  expect(await again.$(part('time-suggestion'))).toBeNull();
  expect(await store.entries()).toMatchObject([{ clientId, day: YESTERDAY, minutes: 40 }]);
});

test('turned off in the settings, nothing is counted', async () => {
  const mail = await startMail();
  await addLevi(mail);
  const store = await openStore(mail);
  const dashboard = await mail.extension.openExtensionPage('dashboard.html');
  await dashboard.waitForSelector(field('suggest-time'));
  await dashboard.click(field('suggest-time'));
  await dashboard.waitForSelector(part('toast'));
  await dashboard.close();
  const panel = await openThread(await mail.openMailbox(), 'noa-quote');
  await panel.waitFor(part('sync-line'));
  expect(await store.span()).toBeUndefined();
});
