import type { Page } from 'puppeteer-core';
import { expect, test } from 'vitest';
import { action, field, panelIn, panelOf, part } from '../support/panel.ts';
import { addClient, loggedWith, startMail, type Mail } from './support/mail.ts';
import { openOutlook, OUTLOOK, showFixture } from './support/outlook.ts';

const OTTO = 'otto@brandt-metall.example';

const addBrandt = (mail: Mail, touchedDaysAgo: readonly number[] = []): Promise<string> =>
  addClient(mail, {
    name: 'Brandt Metall',
    person: 'Otto Brandt',
    address: OTTO,
    domain: 'brandt-metall.example',
    touchedDaysAgo,
  });

const addAnna = (mail: Mail): Promise<string> =>
  addClient(mail, { name: 'Acme', person: 'Anna Virtanen', address: 'anna@acme.example' });

/** Names in words are isolated, so that two directions do not mix. */
const withoutMarks = (text: string): string => text.replaceAll(/[\u2066-\u2069]/g, '');

/** Takes back every answer about a name, in the settings. */
async function forgetNames(mail: Mail): Promise<string> {
  const settings = await mail.extension.openExtensionPage('dashboard.html#settings');
  const panel = panelIn(settings);
  await panel.waitFor(action('forget-name'));
  const text = await panel.text(part('names'));
  await panel.click(action('forget-name'));
  await panel.waitUntilGone(action('forget-name'));
  await settings.close();
  return text;
}

test('the card of a known sender stands beside the open email, and one click logs it', async () => {
  const mail = await startMail();
  const clientId = await addBrandt(mail, [45]);
  const page = await openOutlook(mail, 'address-in-text');
  const panel = panelOf(page);
  await panel.waitFor(part('stand'));
  expect(await panel.text('.card-name')).toBe('Otto Brandt · Brandt Metall');
  await panel.click(action('log-email'));
  await panel.waitFor(part('toast'));
  const logged = async () => loggedWith(mail, clientId);
  await expect.poll(logged).toHaveLength(2);
  expect((await logged()).find(({ kind }) => kind === 'email')).toMatchObject({
    direction: 'in',
    subject: 'Drawings for the gate',
    threadUrl: `${OUTLOOK}/mail/id/AAQkAGYxLTAwMDEAEAOTTOBRANDT0001%3D`,
  });
  await panel.click(action('undo'));
  await expect.poll(logged).toHaveLength(1);
  expect(mail.extension.errors.all()).toEqual([]);
});

test('the next conversation has its own card, and a list has none', async () => {
  const mail = await startMail();
  await addBrandt(mail);
  await addClient(mail, { name: 'Shaham', person: 'Dana Shaham', address: 'dana@shaham.example' });
  const page = await openOutlook(mail, 'address-in-text');
  const panel = panelOf(page);
  await expect.poll(() => panel.text('.card-name')).toBe('Otto Brandt · Brandt Metall');
  await showFixture(page, 'thread-he');
  await expect.poll(() => panel.text('.card-name')).toBe('Dana Shaham · Shaham');
  await showFixture(page, 'list-only');
  await panel.waitUntilGone(part('card'));
  expect(mail.extension.errors.all()).toEqual([]);
});

test('an unknown sender is added with one click', async () => {
  const mail = await startMail();
  const page = await openOutlook(mail, 'address-in-row');
  const panel = panelOf(page);
  await panel.waitFor(action('add-client'));
  expect(await panel.text(part('add-client'))).toContain(OTTO);
  await panel.click(action('add-client'));
  await expect.poll(() => panel.text('.card-name')).toBe('Otto Brandt · Brandt Metall');
  expect(mail.extension.errors.all()).toEqual([]);
});

test('a name without an address is asked about once, and the yes is remembered until it is taken back', async () => {
  const mail = await startMail();
  await addAnna(mail);
  const first = panelOf(await openOutlook(mail, 'name-only'));
  await first.waitFor(part('ask-name'));
  expect(withoutMarks(await first.text('.card-name'))).toBe('Is this Anna Virtanen of Acme?');
  await first.click(action('same-person'));
  await expect.poll(() => first.text('.card-name')).toBe('Anna Virtanen · Acme');
  const second = panelOf(await openOutlook(mail, 'name-only'));
  await second.waitFor(part('stand'));
  expect(await second.has(part('ask-name'))).toBe(false);
  expect(withoutMarks(await forgetNames(mail))).toContain('Anna Virtanen of Acme');
  const third = panelOf(await openOutlook(mail, 'name-only'));
  await third.waitFor(part('ask-name'));
  await third.click(action('same-person'));
  await third.waitFor(part('toast'));
  await third.click(action('undo'));
  await third.waitFor(part('ask-name'));
  expect(mail.extension.errors.all()).toEqual([]);
});

test('a no is never asked again for this pair, and whom the name means can be added by name', async () => {
  const mail = await startMail();
  await addAnna(mail);
  const first = panelOf(await openOutlook(mail, 'name-only'));
  await first.waitFor(part('ask-name'));
  await first.click(action('other-person'));
  await first.waitFor(action('add-client'));
  const page = await openOutlook(mail, 'name-only');
  const second = panelOf(page);
  await second.waitFor(action('add-client'));
  expect(await second.has(part('ask-name'))).toBe(false);
  await second.click(field('client-name'));
  await page.keyboard.type(' Consulting');
  await second.click(action('add-client'));
  await expect.poll(() => second.text('.card-name')).toContain('Consulting');
  const third = panelOf(await openOutlook(mail, 'name-only'));
  await third.waitFor(part('stand'));
  expect(await third.text('.card-name')).toContain('Consulting');
  expect(mail.extension.errors.all()).toEqual([]);
});

test('who is written to has a card, a stranger has none, and a template opens as a new draft', async () => {
  const mail = await startMail();
  await addBrandt(mail);
  const page = await openOutlook(mail, 'compose');
  const panel = panelOf(page);
  const subject = 'input[id$=_SUBJECT]';
  await page.focus(subject);
  await panel.waitFor(part('stand'));
  expect(await panel.text('.card-name')).toBe('Otto Brandt · Brandt Metall');
  const body = await page.$eval('[aria-multiline=true]', (editor) => editor.textContent);
  await panel.waitFor(part('templates'));
  await panel.click(`${part('templates')} > summary`);
  const opened = new Promise<Page>((resolve) => {
    mail.extension.browser.on('targetcreated', (target) => {
      void target.page().then((tab) => tab && resolve(tab));
    });
  });
  await panel.click(action('template-checkIn'));
  const tab = await opened;
  await expect.poll(() => tab.url()).toContain(`${OUTLOOK}/mail/deeplink/compose`);
  const draft = new URL(new URL(tab.url()).searchParams.get('mailtouri') ?? '');
  expect(draft.protocol + decodeURIComponent(draft.pathname)).toContain(`mailto:${OTTO}`);
  expect(draft.searchParams.get('subject')).toBe('Dates');
  await page.bringToFront();
  expect(await page.$eval('[aria-multiline=true]', (editor) => editor.textContent)).toBe(body);
  await showFixture(page, 'compose-empty');
  await page.focus(subject);
  await panel.waitUntilGone(part('card'));
  expect(mail.extension.errors.all()).toEqual([]);
});

test('keys that are typed in the panel do not reach Outlook, and those typed in Outlook do', async () => {
  const mail = await startMail();
  await addBrandt(mail);
  const page = await openOutlook(mail, 'address-in-text');
  const panel = panelOf(page);
  await panel.waitFor(part('stand'));
  await page.evaluate(() => {
    const seen: string[] = [];
    Object.assign(window, { seen });
    for (const type of ['keydown', 'keypress', 'keyup']) {
      window.addEventListener(type, (event) => seen.push((event as KeyboardEvent).key), true);
    }
  });
  const seen = () => page.evaluate(() => (window as unknown as { seen: string[] }).seen.join(''));
  await panel.click(field('typed-line'));
  await page.keyboard.type('call 15m about the gate');
  await expect.poll(() => panel.text(part('reading'))).toContain('15');
  expect(await seen()).toBe('');
  await page.click('[data-convid]');
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.keyboard.press('r');
  expect(await seen()).toContain('r');
  expect(mail.extension.errors.all()).toEqual([]);
});

test.each([
  'https://outlook.office365.com',
  'https://outlook.live.com',
  'https://outlook.cloud.microsoft',
])('the card is there at %s', async (origin) => {
  const mail = await startMail();
  await addBrandt(mail);
  const page = await openOutlook(mail, 'address-in-title', origin);
  const panel = panelOf(page);
  await panel.waitFor(part('stand'));
  expect(await panel.text('.card-name')).toBe('Otto Brandt · Brandt Metall');
  expect(mail.extension.errors.all()).toEqual([]);
});

test('in a page from right to left the panel stands at the other side', async () => {
  const mail = await startMail();
  await addClient(mail, { name: 'Shaham', person: 'Dana Shaham', address: 'dana@shaham.example' });
  const page = await openOutlook(mail, 'thread-he');
  const card = await panelOf(page).waitFor(part('card'));
  const box = await card.boundingBox();
  expect(box?.x).toBeLessThan(200);
});

test('settings show which rules have read Outlook, and a report when it has changed', async () => {
  const mail = await startMail();
  await addBrandt(mail);
  const page = await openOutlook(mail, 'address-in-text');
  const panel = panelOf(page);
  await panel.waitFor(part('stand'));
  const open = async (): Promise<Page> => {
    const settings = await mail.extension.openExtensionPage('dashboard.html');
    await settings.bringToFront();
    await settings.waitForSelector(part('page-health'));
    return settings;
  };
  // Each time in a tab of its own, since Firefox does not come back from loading one again.
  const health = async (): Promise<string> => {
    const settings = await open();
    const text = await panelIn(settings).text(part('page-health'));
    await settings.close();
    return text;
  };
  // A tab that is put behind another keeps what it has counted.
  await expect.poll(health).toContain('Outlook');
  await expect.poll(health).toContain('conversation 1');
  const strange = await mail.extension.open(
    `${OUTLOOK}/mail/inbox/id/AAQkAGYx%3D?page=unknown-layout`,
  );
  await panelOf(strange).waitFor(part('problem'));
  await expect.poll(health).toContain('This page has changed');
  const settings = await open();
  await settings.waitForSelector('[data-field=drift-report]');
  const report = await settings.$eval('[data-field=drift-report]', (field) => Object(field).value);
  expect(report).toContain('section[]');
  expect(report).not.toMatch(/Dear|Mira|Otto|Drawings/);
});
