import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, Page } from 'puppeteer-core';
import { expect, inject, test } from 'vitest';
import { action, field, panelIn, panelOf, part } from '../support/panel.ts';
import { ELSEWHERE, addClient, addLevi, loggedWith, startMail, type Mail } from './support/mail.ts';
import { OUTLOOK, openOutlook } from './support/outlook.ts';

const TITLE = 'Golfers of Scotland';
const WORDS = 'Noa Levi is back from the links.';

/** A page on which the extension has no business, with words selected in it. */
async function openPaper(mail: Mail, words = WORDS): Promise<Page> {
  const page = await mail.extension.open(`${ELSEWHERE}/mail/u/0/`);
  await page.evaluate(
    (title, words) => {
      document.title = title;
      const paragraph = document.createElement('p');
      paragraph.textContent = words;
      document.body.prepend(paragraph);
      getSelection()?.selectAllChildren(paragraph);
    },
    TITLE,
    words,
  );
  return page;
}

/** As a user does from any tab: the toolbar button, the palette in the popup, the action. */
async function clipFrom(mail: Mail, front: Page, what: string): Promise<Page> {
  const { browser, ui } = mail.extension;
  const popup = await ui.openPopup(front);
  await popup.click(action('palette'));
  await popup.waitFor(`[data-choice=clip-${what}]`);
  await popup.click(`[data-choice=clip-${what}]`);
  const clip = await pageAt(browser, '/clip.html');
  await panelIn(clip).waitFor(part('clip'));
  return clip;
}

/** Asked of the pages themselves: Firefox's driver never learns where a window of ours went. */
async function pageAt(browser: Browser, path: string): Promise<Page> {
  const deadline = Date.now() + 15_000;
  for (;;) {
    for (const page of await browser.pages()) {
      const href = await Promise.race([
        page.evaluate(() => location.href).catch(() => 'between two documents'),
        pause(1000, 'no answer'),
      ]);
      if (href.endsWith(path)) return page;
    }
    if (Date.now() > deadline) throw new Error(`no page has opened at ${path}`);
    await pause(50);
  }
}

test('selected words go to a client as a note with the page’s title and address, and back', async () => {
  const mail = await startMail();
  const clientId = await addLevi(mail);
  const paper = await openPaper(mail);
  const clip = panelIn(await clipFrom(mail, paper, 'note'));
  const text = await clip.waitFor(field('clip-text'));
  expect(await text.evaluate((area) => Reflect.get(area, 'value'))).toBe(WORDS);
  expect(await clip.text(part('clip-source'))).toBe(TITLE);
  await (await clip.waitFor(field('client-search'))).type('levi');
  await clip.click(action('pick-client'));
  await clip.click(action('save-clip'));
  await clip.waitFor(part('toast'));
  expect(await loggedWith(mail, clientId)).toMatchObject([
    { kind: 'note', summary: WORDS, subject: TITLE, threadUrl: paper.url() },
  ]);
  await clip.click(action('undo'));
  await expect.poll(() => loggedWith(mail, clientId)).toEqual([]);
  expect(mail.extension.errors.all()).toEqual([]);
});

test('a name and an address become a person at a new client', async () => {
  const mail = await startMail();
  const paper = await openPaper(mail, 'Ada Stone <ada@stone.example>');
  const clip = panelIn(await clipFrom(mail, paper, 'person'));
  const value = async (name: string): Promise<unknown> =>
    (await clip.waitFor(field(name))).evaluate((input) => Reflect.get(input, 'value'));
  await expect.poll(() => value('person-name')).toBe('Ada Stone');
  expect(await value('person-address')).toBe('ada@stone.example');
  expect(await value('client-name')).toBe('Stone');
  await clip.click(action('save-person'));
  await clip.waitFor(part('toast'));
  expect(await mail.ask('client.search', { text: 'ada' })).toMatchObject([{ name: 'Stone' }]);
});

test('a page is shared with the client whose interest it names: draft opened, logged, undone', async () => {
  const mail = await startMail();
  const clientId = await addLevi(mail);
  await addClient(mail, { name: 'Finch', person: 'Tom', address: 'tom@finch.example' });
  const paper = await openPaper(mail);
  const window = await clipFrom(mail, paper, 'share');
  const clip = panelIn(window);
  // Nobody has an interest yet, so it is added where it is missed.
  await clip.waitFor(part('share-empty'));
  await (await clip.waitFor(field('client-search'))).type('levi');
  await clip.click(action('pick-client'));
  await (await clip.waitFor(field('interest'))).type('golf');
  await clip.click(action('add-interest'));
  await clip.waitFor(part('share-line'));
  expect(await clip.text(part('share-reason'))).toContain('Golfers');
  await clip.click(field('share-with'));
  await clip.click(action('open-drafts'));
  const draft = await mail.extension.browser.waitForTarget((target) =>
    target.url().includes('view=cm'),
  );
  const asked = new URL(draft.url()).searchParams;
  expect([asked.get('to'), asked.get('su')]).toEqual(['noa@levi-sons.example', TITLE]);
  expect(asked.get('body')).toBe(`${TITLE}\n${paper.url()}`);
  await clip.waitFor('[data-state=logged]');
  expect(await loggedWith(mail, clientId)).toMatchObject([
    { kind: 'email', subject: TITLE, threadUrl: paper.url() },
  ]);
  await clip.click(action('undo-share'));
  await expect.poll(() => loggedWith(mail, clientId)).toEqual([]);
});

test('who reads mail in Outlook shares by a draft in Outlook', async () => {
  const mail = await startMail();
  const clientId = await addLevi(mail);
  await mail.ask('client.edit', { clientId, interests: { golf: true } });
  const outlook = await openOutlook(mail, 'address-in-text');
  await panelOf(outlook).waitFor('[data-view]');
  const clip = panelIn(await clipFrom(mail, await openPaper(mail), 'share'));
  await clip.click(field('share-with'));
  await clip.click(action('open-drafts'));
  const draft = await mail.extension.browser.waitForTarget((target) =>
    target.url().startsWith(`${OUTLOOK}/mail/deeplink/compose`),
  );
  expect(new URL(draft.url()).searchParams.get('mailtouri')).toContain('mailto:noa%40levi-sons');
});

test('the side panel clips from the email beside it, and says when it may not read a page', async () => {
  const mail = await startMail();
  await addLevi(mail);
  const mailbox = await mail.openMailbox();
  const { ui } = mail.extension;
  const popup = await ui.openPopup(mailbox);
  await popup.click(action('open-side-panel'));
  const side = await ui.sidePanel();
  await side.waitFor(action('palette'));
  await side.click(action('palette'));
  await side.click('[data-choice=clip-note]');
  await side.waitFor(part('clip'));
  await side.waitFor(part('clip-source'));
  await side.click(action('close-clip'));
  await side.waitUntilGone(part('clip'));
  // No gesture has opened this one to us, so not even its title is known.
  await mail.extension.open(`${ELSEWHERE}/mail/u/0/`);
  await side.waitFor(part('nobody'));
  await side.click(action('palette'));
  await side.click('[data-choice=clip-note]');
  await side.waitFor(part('clip'));
  expect(await side.has(part('clip-source'))).toBe(false);
  expect(await side.text(part('clip'))).toContain('cannot be read');
});

test('the menu is there from the start in Firefox, and in Chromium once it is wanted', async () => {
  const mail = await startMail();
  const page = await mail.extension.openExtensionPage('clip.html');
  const clip = panelIn(page);
  await clip.waitFor(part('clip'));
  /** A line can be changed once it is there, in either browser. */
  const hasLine = (id: string): Promise<boolean> =>
    page.evaluate(async (id) => {
      const menus: unknown = Reflect.get(chrome, 'contextMenus');
      const update: unknown = typeof menus === 'object' && menus && Reflect.get(menus, 'update');
      if (typeof update !== 'function') return false;
      try {
        await Reflect.apply(update, menus, [id, {}]);
        return true;
      } catch {
        return false;
      }
    }, id);
  if (inject('browser') === 'firefox') {
    // There it is from the start.
    await expect.poll(() => hasLine('promise')).toBe(true);
    expect(await clip.has(action('add-menu'))).toBe(false);
    return;
  }
  expect(await hasLine('promise')).toBe(false);
  await clip.click(action('add-menu'));
  await clip.waitUntilGone(action('add-menu'));
  await expect.poll(() => hasLine('promise')).toBe(true);
  expect(await hasLine('nothing of ours')).toBe(false);
  expect(mail.extension.errors.all()).toEqual([]);
});

test('a sentence becomes a promise with the day that was understood, once it is confirmed', async () => {
  const mail = await startMail();
  const clientId = await addLevi(mail);
  const sentence = 'I will send you the quote by 4 December.';
  const paper = await openPaper(mail, sentence);
  const clip = panelIn(await clipFrom(mail, paper, 'promise'));
  await (await clip.waitFor(field('client-search'))).type('levi');
  await clip.click(action('pick-client'));
  await clip.waitFor(part('promise-draft'));
  expect(await clip.text('blockquote')).toBe(sentence);
  await clip.waitFor(part('promise-understood'));
  expect(await clip.text(part('promise-understood'))).toContain('December');
  const open = async () =>
    (await mail.ask('card.client', { clientId, source: null })).promises?.next ?? [];
  expect(await open()).toEqual([]);
  await clip.click(action('save-promise'));
  await clip.waitFor(part('toast'));
  expect(await open()).toMatchObject([{ dueOn: expect.stringMatching(/-12-04$/) }]);
  await clip.click(action('undo'));
  await expect.poll(open).toEqual([]);
});
