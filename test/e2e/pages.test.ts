import type { Page } from 'puppeteer-core';
import { expect, test } from 'vitest';
import { OUTLOOK_PAGES } from '../../extension/sites/outlook/pages.ts';
import { action, field, panelHost, panelOf, part, type Panel } from '../support/panel.ts';
import { addLevi, loggedWith, startMail, type Mail } from './support/mail.ts';
import { CALENDAR, FIRM, HOSTILE, LINKEDIN, PLAIN } from './support/site-pages.ts';

/** Allowed from the start. */
const MAIL_PAGES = ['https://mail.google.com/*', ...OUTLOOK_PAGES.toSorted()];

const everyPageOf = (origin: string): string => `${origin}/*`;

const startWith = (...origins: readonly string[]): Promise<Mail> =>
  startMail({ sites: origins.map(everyPageOf) });

/**
 * As a user does: the button of the toolbar, then "Show clients on …", then the browser's question. In
 * Chromium, where no test can answer that, the answer was given before.
 */
async function turnOn(mail: Mail, front: Page): Promise<void> {
  const popup = await mail.extension.ui.openPopup(front);
  await popup.waitFor(part('site-switch'));
  if (await popup.has(action('show-on-site'))) {
    await popup.click(action('show-on-site'));
    await mail.extension.ui.allow();
  }
  await expect.poll(() => registered(mail)).toContain(everyPageOf(new URL(front.url()).origin));
  await front.bringToFront();
}

async function registered(mail: Mail): Promise<readonly string[]> {
  const page = await mail.extension.openExtensionPage('dashboard.html');
  const matches = await page.evaluate(async () =>
    (await chrome.scripting.getRegisteredContentScripts()).flatMap(({ matches }) => matches ?? []),
  );
  await page.close();
  return matches;
}

const isMounted = async (page: Page): Promise<boolean> => (await page.$(panelHost)) !== null;

/** What the page heard of the keyboard. */
const heard = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => Reflect.get(window, 'heard') as string[]);

async function handleOn(page: Page): Promise<Panel> {
  const panel = panelOf(page);
  await panel.waitFor(part('handle'));
  return panel;
}

test('one look from the popup says who is on the page, and leaves nothing in it', async () => {
  const mail = await startMail();
  const clientId = await addLevi(mail, [45]);
  const page = await mail.extension.open(`${FIRM}/`);
  const popup = await mail.extension.ui.openPopup(page);
  await popup.click(action('look'));
  await popup.waitFor(part('here'));
  expect(await popup.text(part('here'))).toContain('Levi & Sons');
  await popup.click(`${part('here')} ${action('log-call')}`);
  await expect.poll(async () => (await loggedWith(mail, clientId)).length).toBe(2);
  expect(await isMounted(page)).toBe(false);
  expect(await registered(mail)).toEqual([]);
  expect(mail.extension.errors.all()).toEqual([]);
});

test('a site that is turned on shows a handle at once, and at a press the card', async () => {
  const mail = await startWith(FIRM);
  await addLevi(mail, [45]);
  const page = await mail.extension.open(`${FIRM}/`);
  await turnOn(mail, page);
  const panel = await handleOn(page);
  expect(await panel.has(part('card'))).toBe(false);
  await panel.click(part('handle'));
  await panel.waitFor(part('stand'));
  await panel.click(action('log-call'));
  await expect.poll(() => panel.text(part('stand'))).toContain('In touch today');
  await panel.click(action('collapse'));
  await panel.waitFor(part('handle'));
  // And on the next page of the site, from its start.
  await Promise.all([page.waitForNavigation(), page.click('a[href="/other"]')]);
  await handleOn(page);
  expect(mail.extension.errors.all()).toEqual([]);
});

test('what is typed into the card never reaches the page', async () => {
  const mail = await startWith(FIRM);
  await addLevi(mail, [45]);
  const page = await mail.extension.open(`${FIRM}/`);
  await turnOn(mail, page);
  await page.reload();
  const panel = await handleOn(page);
  await panel.click(part('handle'));
  await panel.click(field('typed-line'));
  await page.evaluate(() => Reflect.set(window, 'heard', []));
  await page.keyboard.type('call about renewal');
  await expect.poll(() => heardWords(panel)).toBe('call about renewal');
  expect((await heard(page)).filter((each) => each.startsWith('key'))).toEqual([]);
  await page.click('#own');
  await page.keyboard.type('x');
  expect(await heard(page)).toContain('keydown x');
});

async function heardWords(panel: Panel): Promise<string> {
  const input = await panel.waitFor(field('typed-line'));
  return input.evaluate((element) => String(Reflect.get(element, 'value')));
}

test('a page with nobody known has nothing of ours in it', async () => {
  const mail = await startWith(PLAIN, FIRM);
  await addLevi(mail);
  const page = await mail.extension.open(`${PLAIN}/`);
  await turnOn(mail, page);
  const known = await mail.extension.open(`${FIRM}/`);
  await turnOn(mail, known);
  await handleOn(known);
  await page.bringToFront();
  await page.reload();
  // The other page, loaded after it, has its handle already; a tab behind another is not looked at.
  await known.bringToFront();
  await known.reload();
  await handleOn(known);
  expect(await isMounted(page)).toBe(false);
  // Somebody who is added meanwhile is on it.
  await mail.ask('client.add', {
    clientName: 'Plain',
    personName: 'Nobody',
    address: 'nobody@plain.example',
    domain: null,
  });
  await page.bringToFront();
  await handleOn(page);
  expect(mail.extension.errors.all()).toEqual([]);
});

test('the handle stays where it was put, and goes where it is dragged', async () => {
  const mail = await startWith(FIRM);
  await addLevi(mail);
  const page = await mail.extension.open(`${FIRM}/`);
  await turnOn(mail, page);
  const panel = await handleOn(page);
  const usual = await boxOf(panel);
  const handle = await panel.waitFor(part('handle'));
  await handle.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowLeft');
  await expect.poll(async () => (await boxOf(panel)).x).toBe(0);
  const moved = await boxOf(panel);
  expect(moved.y).toBeGreaterThan(usual.y);
  // A page that is left in the same instant may take what it was writing with it.
  await expect.poll(() => storedPlace(mail)).toMatchObject({ side: 'start' });
  await page.reload();
  await handleOn(page);
  expect(await boxOf(panel)).toEqual(moved);

  await page.mouse.move(moved.x + 8, moved.y + 8);
  await page.mouse.down();
  await page.mouse.move(900, 500, { steps: 5 });
  await page.mouse.up();
  await expect.poll(async () => (await boxOf(panel)).x).toBe(usual.x);
  // A drag is no press.
  expect(await panel.has(part('card'))).toBe(false);
  await expect.poll(() => storedPlace(mail)).toMatchObject({ side: 'end' });
  await page.reload();
  await handleOn(page);
  expect((await boxOf(panel)).y).toBeGreaterThan(400);
});

async function storedPlace(mail: Mail): Promise<unknown> {
  const key = `handle:${new URL(FIRM).host}`;
  const page = await mail.extension.quietPage();
  return page.evaluate(async (asked) => (await chrome.storage.local.get(asked))[asked], key);
}

async function boxOf(panel: Panel): Promise<{ readonly x: number; readonly y: number }> {
  const handle = await panel.waitFor(part('handle'));
  const box = await handle.boundingBox();
  if (!box) throw new Error('the handle is not shown');
  return { x: Math.round(box.x), y: Math.round(box.y) };
}

test('a handle that is hidden on a site comes back from the popup', async () => {
  const mail = await startWith(FIRM);
  await addLevi(mail);
  const page = await mail.extension.open(`${FIRM}/`);
  await turnOn(mail, page);
  const panel = await handleOn(page);
  await panel.click(part('handle'));
  await panel.click(action('hide-handle'));
  await expect.poll(() => isMounted(page)).toBe(false);
  await page.reload();
  const popup = await mail.extension.ui.openPopup(page);
  await popup.click(action('show-handle'));
  await page.bringToFront();
  await handleOn(page);
});

test('a site that is turned off in the settings goes quiet in the open page', async () => {
  const mail = await startWith(FIRM);
  await addLevi(mail);
  const page = await mail.extension.open(`${FIRM}/`);
  await turnOn(mail, page);
  await handleOn(page);
  const settings = await mail.extension.openExtensionPage('dashboard.html#sites');
  await settings.locator(`[data-site="${new URL(FIRM).host}"] ${action('stop-site')}`).click();
  await expect.poll(() => registered(mail)).toEqual([]);
  await expect.poll(() => isMounted(page)).toBe(false);
  await page.bringToFront();
  await page.reload();
  await page.waitForSelector('#own');
  expect(await isMounted(page)).toBe(false);
  const allowed = await settings.evaluate(() => chrome.permissions.getAll());
  expect(allowed.origins?.filter((origin) => !MAIL_PAGES.includes(origin))).toEqual([]);
});

test('a profile with a known name is asked about once and remembered', async () => {
  const mail = await startWith(LINKEDIN);
  await addLevi(mail, [45]);
  const page = await mail.extension.open(`${LINKEDIN}/in/noa-levi`);
  await turnOn(mail, page);
  const panel = await handleOn(page);
  await panel.click(part('handle'));
  await panel.waitFor(part('this-is'));
  await panel.click(action('this-is'));
  await panel.waitFor(part('stand'));
  expect(await panel.text('.card-name')).toContain('Noa Levi');
  await page.goto(`${LINKEDIN}/in/noa-levi/?trk=other`);
  await handleOn(page);
  await panel.click(part('handle'));
  await panel.waitFor(part('stand'));
  await page.goto(`${LINKEDIN}/in/somebody-else`);
  const other = await mail.extension.open(`${LINKEDIN}/in/noa-levi`);
  await handleOn(other);
  expect(await isMounted(page)).toBe(false);
  expect(mail.extension.errors.all()).toEqual([]);
});

test('a meeting is logged from its event in one click, on its day, and not twice unasked', async () => {
  const mail = await startWith(CALENDAR);
  const clientId = await addLevi(mail);
  const page = await mail.extension.open(`${CALENDAR}/calendar/u/0/r/week`);
  await turnOn(mail, page);
  const panel = await handleOn(page);
  await panel.click(part('handle'));
  await panel.click(action('log-meeting'));
  await panel.waitFor(part('logged-already'));
  const [row] = await loggedWith(mail, clientId);
  expect(row).toMatchObject({
    kind: 'meeting',
    subject: 'Phase 2 & the quote',
  });
  await panel.click(action('log-meeting'));
  await panel.waitFor(action('log-again'));
  expect(await loggedWith(mail, clientId)).toHaveLength(1);
});

test('a page that breaks what it can comes to no harm by us, nor we by it', async () => {
  const mail = await startWith(HOSTILE);
  await addLevi(mail, [45]);
  const page = await mail.extension.open(`${HOSTILE}/`);
  await turnOn(mail, page);
  const count = async (): Promise<number> => (await page.$$(panelHost)).length;
  await expect.poll(count).toBe(2);
  // And with our script there before the page's.
  await page.reload();
  await expect.poll(count).toBe(2);
  const ours = mail.extension.errors.all().filter(({ text }) => !text.includes('the page broke'));
  expect(ours).toEqual([]);
});

test('the browser is asked for this one site in the very click, and for nothing at any other time', async () => {
  const mail = await startMail();
  await addLevi(mail);
  const settings = await mail.extension.openExtensionPage('dashboard.html');
  expect((await settings.evaluate(() => chrome.permissions.getAll())).origins).toEqual(MAIL_PAGES);
  // The popup as it stands over that tab: Chromium's own question is out of reach, the call is not.
  const popup = await mail.extension.newPage();
  await popup.evaluateOnNewDocument((url) => {
    const calls: unknown[] = [];
    Reflect.set(window, 'calls', calls);
    Reflect.set(chrome.tabs, 'query', () => Promise.resolve([{ id: 1, url }]));
    Reflect.set(chrome.permissions, 'request', (asked: unknown) => {
      calls.push({ asked, isInClick: navigator.userActivation.isActive });
      return Promise.resolve(false);
    });
  }, `${FIRM}/`);
  await popup.goto(settings.url().replace('dashboard.html', 'popup.html'));
  const calls = (): Promise<unknown> =>
    popup.evaluate(() => Reflect.get(window, 'calls') as unknown);
  await popup.waitForSelector(action('show-on-site'));
  expect(await calls()).toEqual([]);
  await popup.locator(action('show-on-site')).click();
  await expect.poll(calls).toEqual([{ asked: { origins: [`${FIRM}/*`] }, isInClick: true }]);
});
