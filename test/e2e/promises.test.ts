import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import { expect, test } from 'vitest';
import { dayFromNumber, dayNumber, toDay } from '../../shared/rules/days.ts';
import { action, field, part, type Panel } from '../support/panel.ts';
import { addLevi, openThread, startMail, type Mail } from './support/mail.ts';

const SHEET = part('promise-sheet');
const FRIDAY = 5;
const today = dayNumber(Date.now());
const inDays = (days: number): string => dayFromNumber(today + days);
/** The first Friday after today. */
const nextFriday = (): string => inDays(((FRIDAY - new Date().getDay() + 6) % 7) + 1);

/** Selects these words of the open thread, as a drag of the mouse would. */
async function selectWords(page: Page, words: string): Promise<void> {
  const isFound = await page.evaluate((wanted) => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const at = node.nodeValue?.indexOf(wanted) ?? -1;
      if (at < 0 || !node.parentElement?.checkVisibility()) continue;
      getSelection()?.setBaseAndExtent(node, at, node, at + wanted.length);
      return true;
    }
    return false;
  }, words);
  expect(isFound, words).toBe(true);
}

/** Opens all messages of the thread: a collapsed one shows only a snippet. */
const expandAll = (page: Page): Promise<void> =>
  page.evaluate(() => {
    for (const item of document.querySelectorAll<HTMLElement>('.kv')) item.click();
  });

async function valueOf(panel: Panel, selector: string): Promise<string> {
  const input = await panel.waitFor(selector);
  return input.evaluate((element) =>
    element instanceof HTMLInputElement || element instanceof HTMLSelectElement
      ? element.value
      : '',
  );
}

async function levisThread(): Promise<{ mail: Mail; page: Page; panel: Panel; clientId: string }> {
  const mail = await startMail();
  const clientId = await addLevi(mail);
  const page = await mail.openMailbox();
  const panel = await openThread(page, 'noa-quote');
  await panel.waitFor(part('stand'));
  await expandAll(page);
  return { mail, page, panel, clientId };
}

const owed = async (mail: Mail, clientId: string) =>
  (await mail.ask('card.client', { clientId, source: null })).promises?.next ?? [];

test('our own words become a promise: understood, put right, saved on the button, and taken back', async () => {
  const { mail, page, panel, clientId } = await levisThread();
  await selectWords(page, "I'll send you the quote by Friday.");
  await panel.click(action('promise'));
  await panel.waitFor(SHEET);
  expect(await panel.text(SHEET)).toContain("I'll send you the quote by Friday.");
  expect(await valueOf(panel, field('promise-what'))).toBe('Send you the quote');
  expect(await valueOf(panel, field('promise-direction'))).toBe('ours');
  expect(await valueOf(panel, field('promise-day'))).toBe(nextFriday());
  expect(await owed(mail, clientId)).toEqual([]);

  const what = await panel.waitFor(field('promise-what'));
  await what.click({ count: 3 });
  await what.type('Quote for phase 2');
  await panel.click(action('save-promise'));
  await panel.waitFor(part('promise'));
  expect(await panel.text(part('promise'))).toMatch(/^You owe\s*Quote for phase 2/);
  expect(await panel.has(SHEET)).toBe(false);
  expect(await owed(mail, clientId)).toMatchObject([
    { what: 'Quote for phase 2', direction: 'ours', dueOn: nextFriday() },
  ]);
  expect((await owed(mail, clientId))[0]?.threadUrl).toMatch(/#all\/[0-9a-f]+$/);

  await panel.click(action('undo'));
  await panel.waitUntilGone(part('promise'));
  expect(await owed(mail, clientId)).toEqual([]);
});

test('their words are what we wait for', async () => {
  const mail = await startMail();
  await mail.ask('client.add', {
    clientName: 'Harbour',
    personName: 'Tom',
    address: 'tom@harbour-finch.example',
    domain: 'harbour-finch.example',
  });
  const page = await mail.openMailbox();
  const panel = await openThread(page, 'harbour-kickoff');
  await panel.waitFor(part('stand'));
  await expandAll(page);
  await selectWords(page, 'I will bring the numbers of last year.');
  await panel.click(action('promise'));
  expect(await valueOf(panel, field('promise-direction'))).toBe('theirs');
  expect(await valueOf(panel, field('promise-day'))).toBe('');
});

test('what is being written is read when it is asked for, without what it quotes', async () => {
  const { page, panel } = await levisThread();
  await page.click('.ams.bkH');
  const editor = await page.waitForSelector('.M9 [contenteditable=true][role=textbox]');
  await editor?.click();
  await page.keyboard.type("Hi Noa, sorry for the wait. I'll call you tomorrow about it. Robin");
  await panel.click(action('promise'));
  expect(await valueOf(panel, field('promise-what'))).toBe('Call you about it');
  expect(await valueOf(panel, field('promise-direction'))).toBe('ours');
  expect(await valueOf(panel, field('promise-day'))).toBe(inDays(1));
  // The page keeps what was written, and the card its place.
  expect(await editor?.evaluate((element) => element.textContent)).toContain('sorry for the wait');
});

test('where nothing was promised it says so, and the words can be written by hand', async () => {
  const { mail, page, panel, clientId } = await levisThread();
  await selectWords(page, 'My father asks every morning at breakfast.');
  await panel.click(action('promise'));
  await panel.waitFor(SHEET);
  expect(await panel.text(SHEET)).toContain('No promise was recognised');
  await panel.click(action('close-sheet'));
  await panel.waitUntilGone(SHEET);
  expect(await owed(mail, clientId)).toEqual([]);
});

test('the day is the client’s own, and the sheet says whose', async () => {
  const { mail, page, panel, clientId } = await levisThread();
  // As an import would set it: the screen for it comes with the client's page.
  const writer = await mail.extension.openExtensionPage('dashboard.html');
  await writer.evaluate(async (id) => {
    const open = indexedDB.open('mainstay');
    await new Promise((resolve) => open.addEventListener('success', resolve));
    const store = open.result.transaction('clients', 'readwrite').objectStore('clients');
    const read = store.get(id);
    await new Promise((resolve) => read.addEventListener('success', resolve));
    store.put({ ...read.result, timeZone: 'Pacific/Kiritimati' });
    open.result.close();
  }, clientId);
  await writer.close();
  await page.bringToFront();
  await selectWords(page, "I'll send you the quote by Friday.");
  await panel.click(action('promise'));
  await panel.waitFor(SHEET);
  expect(await panel.text(part('promise-understood'))).toContain('Pacific/Kiritimati');
  const zone = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Pacific/Kiritimati' });
  const there = dayNumber(Date.parse(`${zone.format(Date.now())}T12:00:00`));
  const weekday = new Date(Date.parse(`${zone.format(Date.now())}T12:00:00`)).getDay();
  const friday = dayFromNumber(there + ((FRIDAY - weekday + 6) % 7) + 1);
  expect(await valueOf(panel, field('promise-day'))).toBe(friday);
});

test('on the card a promise is kept, put off, waived and put right, each taken back with one click', async () => {
  const { mail, panel, clientId } = await levisThread();
  await mail.ask('promise.add', {
    clientId,
    contactId: null,
    direction: 'ours',
    what: 'Quote for phase 2',
    dueOn: inDays(-2),
    sentence: '',
    subject: '',
    threadUrl: null,
  });
  await panel.waitFor(part('promise'));
  expect(await panel.text(part('promise'))).toContain('2 days late');

  await panel.click(action('keep-promise'));
  await panel.waitUntilGone(part('promise'));
  await panel.click(action('undo'));
  await panel.waitFor(part('promise'));

  for (const choice of ['waive-promise', 'break-promise', 'remove-promise']) {
    await panel.click(action('change-promise'));
    await panel.click(`${SHEET} ${action(choice)}`);
    await panel.waitUntilGone(part('promise'));
    await panel.click(action('undo'));
    await panel.waitFor(part('promise'));
  }

  await panel.click(action('change-promise'));
  const day = await panel.waitFor(field('promise-put-off'));
  await day.evaluate((input, until) => {
    if (!(input instanceof HTMLInputElement)) return;
    input.value = until;
    input.dispatchEvent(new Event('change', { bubbles: true }));
  }, inDays(3));
  await expect.poll(async () => (await owed(mail, clientId))[0]?.snoozedUntil).toBe(inDays(3));
  await panel.click(action('undo'));
  await expect.poll(async () => (await owed(mail, clientId))[0]?.snoozedUntil).toBeNull();

  await panel.click(action('change-promise'));
  const what = await panel.waitFor(field('promise-what'));
  await what.click({ count: 3 });
  await what.type('Quote for phase 3');
  await panel.click(action('save-promise'));
  await expect.poll(() => panel.text(part('promise'))).toContain('Quote for phase 3');
});

test('Today says what is due on both sides, and settles it in place', async () => {
  const mail = await startMail();
  const clientId = await addLevi(mail, [1]);
  const promise = { clientId, contactId: null, sentence: '', subject: '', threadUrl: null };
  await mail.ask('promise.add', {
    ...promise,
    direction: 'theirs',
    what: 'Signed scope',
    dueOn: inDays(-4),
  });
  await mail.ask('promise.add', {
    ...promise,
    direction: 'ours',
    what: 'Quote for phase 2',
    dueOn: toDay(Date.now()),
  });
  await mail.ask('promise.add', {
    ...promise,
    direction: 'ours',
    what: 'Later',
    dueOn: inDays(5),
  });
  const popup = await mail.extension.openExtensionPage('popup.html');
  await popup.waitForSelector(part('today-promise'));
  const lines = (): Promise<readonly string[]> =>
    popup.$$eval(part('why'), (all) => all.map((each) => each.textContent ?? ''));
  // Our own word comes first: it weighs more than what is four days late on their side.
  expect((await lines()).map((line) => line.replaceAll(/[\u2068\u2069]/g, ''))).toEqual([
    'You owe: Quote for phase 2, today',
    'They owe: Signed scope, 4 days late',
  ]);
  await expect.poll(() => popup.evaluate(() => chrome.action.getBadgeText({}))).toBe('2');

  await popup.click(action('keep-promise'));
  await expect.poll(async () => (await lines()).length).toBe(1);
  await popup.click(action('undo'));
  await expect.poll(async () => (await lines()).length).toBe(2);

  await popup.click(action('later'));
  await popup.click(action('snooze'));
  await expect.poll(async () => (await lines()).length).toBe(1);
  await popup.click(action('undo'));
  await expect.poll(async () => (await lines()).length).toBe(2);

  await popup.click(action('later'));
  await popup.click(action('waive-promise'));
  await expect.poll(async () => (await lines()).length).toBe(1);
});

test('the browser’s shortcut opens the sheet, also when the background was stopped', async () => {
  const { mail, page, panel } = await levisThread();
  await selectWords(page, "I'll send you the quote by Friday.");
  // Whatever the page asked when the messages opened is answered by then: what is stopped is idle.
  await pause(3000);
  await mail.extension.stopBackground();
  const sender = await mail.extension.openExtensionPage('dashboard.html');
  await sender.evaluate(async () => {
    const [tab] = await chrome.tabs.query({ url: 'https://mail.google.com/*' });
    await chrome.tabs.sendMessage(tab?.id ?? 0, { name: 'command', command: 'promise' });
  });
  await sender.close();
  await page.bringToFront();
  await panel.waitFor(SHEET);
  expect(await valueOf(panel, field('promise-what'))).toBe('Send you the quote');
});

test('a sheet for one client does not stay on another’s card', async () => {
  const { mail, page, panel } = await levisThread();
  await mail.ask('client.add', {
    clientName: 'Harbour',
    personName: 'Tom',
    address: 'tom@harbour-finch.example',
    domain: 'harbour-finch.example',
  });
  await selectWords(page, "I'll send you the quote by Friday.");
  await panel.click(action('promise'));
  await panel.waitFor(SHEET);
  await openThread(page, 'harbour-kickoff');
  await panel.waitUntilGone(SHEET);
});
