import type { Page } from 'puppeteer-core';
import { expect, onTestFinished, test } from 'vitest';
import { sampleBook } from '../../extension/features/sample-data/sample-book.ts';
import { action, panelOf, part } from '../support/panel.ts';
import { addLevi, GMAIL, MAILBOX, NOW, openThread, startMail } from './support/mail.ts';
import { cardBox } from './support/list.ts';

const NOA = 'noa@levi-sons.example';

/** A new email in a window of its own, to these. */
async function compose(page: Page, ...addresses: readonly string[]): Promise<void> {
  await page.bringToFront();
  await page.waitForSelector('.T-I-KE');
  await page.click('.T-I-KE');
  const to = '[role=dialog] [name=to] input';
  await page.waitForSelector(to);
  for (const address of addresses) {
    await page.type(to, address);
    await page.keyboard.press('Enter');
  }
  await page.focus('[role=dialog] [name=subjectbox]');
}

test('who is written to has a card beside the editor, and a stranger has none', async () => {
  const mail = await startMail();
  await addLevi(mail, [45]);
  const page = await mail.openMailbox();
  const panel = panelOf(page);
  await compose(page, 'stranger@nowhere.example');
  await page.keyboard.type('Dates');
  await new Promise((resolve) => setTimeout(resolve, 1000));
  expect(await panel.has(part('card'))).toBe(false);
  await page.type('[role=dialog] [name=to] input', NOA);
  await page.keyboard.press('Enter');
  await panel.waitFor(part('stand'));
  expect(await panel.text('.card-name')).toBe('Noa Levi · Levi & Sons');
  const editor = await (await page.$('[role=dialog]'))?.boundingBox();
  const card = await cardBox(page);
  expect((card?.x ?? 0) + (card?.width ?? 0)).toBeLessThanOrEqual(editor?.x ?? 0);
  // Out of the editor, out of mind.
  await page.click('[name=q]');
  await panel.waitUntilGone(part('card'));
  expect(mail.extension.errors.all()).toEqual([]);
});

test('a reply below the email has the card of who is written to', async () => {
  const mail = await startMail();
  await addLevi(mail);
  const page = await mail.openMailbox();
  const panel = await openThread(page, 'noa-quote');
  await panel.waitFor(part('stand'));
  await page.keyboard.press('r');
  await page.waitForSelector('.ip .M9');
  await page.keyboard.type('On its way.');
  await expect.poll(() => panel.text('.card-name')).toBe('Noa Levi · Levi & Sons');
  expect(await page.$eval('.ip .editable', (body) => body.textContent)).toBe('On its way.');
});

test('a template opens as a new draft at the compose address, and types into no editor', async () => {
  const mail = await startMail();
  await addLevi(mail);
  const page = await mail.openMailbox();
  const panel = panelOf(page);
  await compose(page, NOA);
  await page.keyboard.type('Phase 2');
  await page.focus('[role=dialog] .editable');
  await page.keyboard.type('Dear Noa, ');
  await panel.waitFor(part('templates'));
  await panel.click(`${part('templates')} > summary`);
  const opened = new Promise<Page>((resolve) => {
    mail.extension.browser.on('targetcreated', (target) => {
      void target.page().then((tab) => tab && resolve(tab));
    });
  });
  await panel.click(action('template-checkIn'));
  const tab = await opened;
  await tab.waitForSelector('[name=subjectbox]');
  const url = new URL(tab.url());
  expect(url.origin + url.pathname).toBe(`${GMAIL}/mail/`);
  expect(Object.fromEntries(url.searchParams)).toMatchObject({
    view: 'cm',
    fs: '1',
    to: NOA,
    su: 'Phase 2',
    authuser: 'robin@vale-studio.example',
  });
  expect(url.searchParams.get('body')).toContain('Hi Noa Levi,');
  expect(await page.$eval('[role=dialog] .editable', (body) => body.textContent)).toBe(
    'Dear Noa, ',
  );
});

test('before an email to someone who prefers the phone the card says so', async () => {
  const mail = await startMail();
  await mail.ask('sample.load', { book: sampleBook(NOW) });
  const page = await mail.openMailbox();
  await compose(page, 'maya@brightwater.example');
  const panel = panelOf(page);
  await panel.waitFor(part('prefers-call'));
  expect(await panel.text(part('prefers-call'))).toContain('prefers the phone');
  const other = await mail.openMailbox();
  await compose(other, 'petra@oakline.example');
  await panelOf(other).waitFor(part('stand'));
  expect(await panelOf(other).has(part('prefers-call'))).toBe(false);
});

test('an editor on a page of its own has the card too', async () => {
  const mail = await startMail();
  await addLevi(mail);
  const page = await mail.extension.open(`${MAILBOX}?view=cm&fs=1&to=${NOA}&su=Dates`);
  onTestFinished(() => page.close());
  await page.waitForSelector('[name=subjectbox]');
  await page.focus('[name=subjectbox]');
  await panelOf(page).waitFor(part('stand'));
});

test('every key that is typed arrives in the editor while the card comes and goes', async () => {
  const mail = await startMail();
  await addLevi(mail);
  const page = await mail.openMailbox('?mutations=3000&seconds=6');
  await compose(page, NOA);
  await page.focus('[role=dialog] .editable');
  const text = 'The quick brown fox jumps over the lazy dog, five times over. '.repeat(5);
  await page.keyboard.type(text);
  expect(await page.$eval('[role=dialog] .editable', (body) => body.textContent)).toBe(text);
});
