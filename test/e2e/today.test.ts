import type { Page } from 'puppeteer-core';
import { expect, test } from 'vitest';
import { action, field, part } from '../support/panel.ts';
import { addClient, addLevi, startMail, type Mail } from './support/mail.ts';

const openPopup = (mail: Mail): Promise<Page> => mail.extension.openExtensionPage('popup.html');

const texts = (page: Page, selector: string): Promise<string[]> =>
  page.$$eval(selector, (elements) => elements.map((element) => element.textContent ?? ''));

const badge = (page: Page): Promise<string> => page.evaluate(() => chrome.action.getBadgeText({}));

test('the first run says what this is for; sample data comes and goes without a trace', async () => {
  const mail = await startMail();
  const popup = await openPopup(mail);
  await popup.waitForSelector(part('first-run'));
  await popup.click(action('load-sample'));
  await popup.waitForSelector(part('today-line'));
  await popup.waitForSelector(part('sample-notice'));
  await popup.click(action('remove-sample'));
  await popup.waitForSelector(part('first-run'));
  const left = await popup.evaluate(async () => {
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('mainstay');
      request.addEventListener('success', () => resolve(request.result));
      request.addEventListener('error', () => reject(new Error('not opened')));
    });
    const stores = ['clients', 'contacts', 'interactions', 'standings', 'outbox'];
    const counts = await Promise.all(
      stores.map(
        (store) =>
          new Promise<number>((resolve) => {
            const request = db.transaction(store).objectStore(store).count();
            request.addEventListener('success', () => resolve(request.result));
          }),
      ),
    );
    db.close();
    return counts;
  });
  expect(left).toEqual([0, 0, 0, 0, 0]);
});

test('Today lists who is beyond their rhythm, the furthest first, each with its reason', async () => {
  const mail = await startMail();
  await addClient(mail, {
    name: 'Fine',
    person: 'A',
    address: 'a@fine.example',
    touchedDaysAgo: [5],
  });
  await addClient(mail, {
    name: 'Due',
    person: 'B',
    address: 'b@due.example',
    touchedDaysAgo: [70],
  });
  await addClient(mail, {
    name: 'Late',
    person: 'C',
    address: 'c@late.example',
    touchedDaysAgo: [200],
  });
  const popup = await openPopup(mail);
  await popup.waitForSelector(part('today-line'));
  expect(await texts(popup, `${part('today-line')} strong`)).toEqual(['Late', 'Due']);
  expect(await texts(popup, part('why'))).toEqual(['Quiet for 200 days', 'Quiet for 70 days']);
  await expect.poll(() => badge(popup)).toBe('2');
});

test('logging from the line settles it, and undo brings it back', async () => {
  const mail = await startMail();
  await addLevi(mail, [70]);
  const popup = await openPopup(mail);
  await popup.waitForSelector(part('today-line'));
  await popup.click(action('log-call'));
  await popup.waitForSelector(part('today-empty'));
  await expect.poll(() => badge(popup)).toBe('');
  await popup.click(action('undo'));
  await popup.waitForSelector(part('today-line'));
});

test('later and skip once take a line away, and undo brings it back', async () => {
  const mail = await startMail();
  await addLevi(mail, [70]);
  const popup = await openPopup(mail);
  for (const choice of ['snooze', 'snooze-week', 'skip']) {
    await popup.waitForSelector(part('today-line'));
    await popup.click(action('later'));
    await popup.click(action(choice));
    await popup.waitForSelector(part('today-empty'));
    await popup.click(action('undo'));
  }
  await popup.waitForSelector(part('today-line'));
});

test('search finds a client by person or address and logs right there', async () => {
  const mail = await startMail();
  await addLevi(mail);
  const popup = await openPopup(mail);
  await popup.waitForSelector(field('search'));
  await popup.type(field('search'), 'noa@lev');
  await popup.waitForSelector(action('pick-client'));
  await popup.click(action('pick-client'));
  await popup.click(`${part('found')} ${action('log-note')}`);
  await popup.waitForSelector(part('toast'));
});

test('one planner alarm is there after the background was stopped and after a restart of the page', async () => {
  const mail = await startMail();
  await addLevi(mail, [70]);
  const popup = await openPopup(mail);
  await expect.poll(() => badge(popup)).toBe('1');
  const alarms = () =>
    popup.evaluate(
      () => chrome.alarms.getAll() as Promise<{ name: string; scheduledTime: number }[]>,
    );
  await expect.poll(alarms).toMatchObject([{ name: 'planner' }]);
  await mail.extension.stopBackground();
  await mail.ask('client.search', { text: 'levi' });
  const [alarm, ...others] = await alarms();
  expect(others).toEqual([]);
  expect(alarm?.name).toBe('planner');
  expect(alarm?.scheduledTime).toBeGreaterThan(Date.now());
  expect(await badge(popup)).toBe('1');
});

test('in Hebrew the popup is right to left and its numbers and names keep their order', async () => {
  const mail = await startMail();
  await addLevi(mail, [70]);
  await mail.ask('settings.language', { language: 'he' });
  const popup = await openPopup(mail);
  await popup.waitForSelector(part('today-line'));
  expect(await popup.evaluate(() => document.documentElement.dir)).toBe('rtl');
  expect((await texts(popup, part('why')))[0]).toContain('70');
});
