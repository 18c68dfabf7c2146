import { expect, test } from 'vitest';
import { action, panelHost, panelOf, part } from '../support/panel.ts';
import {
  addClient,
  addLevi,
  ELSEWHERE,
  idOfThread,
  MAILBOX,
  openThread,
  OTHER_ACCOUNT,
  startMail,
} from './support/mail.ts';
import { MARK } from './support/list.ts';

test('the card stands beside the email in every arrangement of the mailbox', async () => {
  const mail = await startMail();
  await addLevi(mail, [45]);
  for (const query of ['', '?pane=right', '?pane=below', '?conversations=off', '?late=400']) {
    const page = await mail.openMailbox(query);
    const panel = await openThread(page, 'noa-quote');
    await panel.waitFor(part('stand'));
    expect(await panel.text('.card-name'), query).toBe('Noa Levi · Levi & Sons');
    const next = await openThread(page, 'jonas-intro');
    await next.waitFor(part('add-client'));
    await page.close();
  }
  const popOut = await mail.extension.open(`${MAILBOX}?popout=${idOfThread('noa-quote')}`);
  const panel = panelOf(popOut);
  await panel.waitFor(part('stand'));
  expect(await panel.text('.card-name')).toBe('Noa Levi · Levi & Sons');
  expect(mail.extension.errors.all()).toEqual([]);
});

test('back and forward bring the card of the email that is shown, and none for the list', async () => {
  const mail = await startMail();
  await addLevi(mail);
  await addClient(mail, {
    name: 'Korpela',
    person: 'Aino',
    address: 'aino.korpela@korpela.example',
  });
  const page = await mail.openMailbox('#inbox');
  await page.waitForSelector('[gh=tl] tr.zA');
  const panel = await openThread(page, 'noa-quote');
  await panel.waitFor(part('stand'));
  await openThread(page, 'aino-meeting');
  await expect.poll(() => panel.text('.card-name')).toContain('Korpela');
  await page.goBack();
  await expect.poll(() => panel.text('.card-name')).toContain('Levi & Sons');
  await page.goBack();
  await panel.waitUntilGone(part('card'));
  await page.goForward();
  await expect.poll(() => panel.text('.card-name')).toContain('Levi & Sons');
});

test('what is logged names the account by its address, and is known only in that account', async () => {
  const mail = await startMail();
  const clientId = await addLevi(mail, [45]);
  const page = await mail.extension.open(MAILBOX.replace('/u/0/', '/u/1/'));
  const panel = await openThread(page, 'noa-quote');
  await panel.click(action('log-email'));
  await panel.waitFor(part('logged-already'));
  const card = await mail.ask('card.client', { clientId, source: null });
  expect(card.recent[0]?.threadUrl).toBe(
    `https://mail.google.com/mail/?authuser=${encodeURIComponent(OTHER_ACCOUNT)}#all/${idOfThread('noa-quote')}`,
  );
  const first = await openThread(await mail.openMailbox(), 'noa-quote');
  await first.waitFor(part('stand'));
  expect(await first.has(part('logged-already'))).toBe(false);
  // The link leads to the account it names, wherever that stands among the accounts.
  const linked = await mail.extension.open(card.recent[0]?.threadUrl ?? '');
  await expect.poll(() => linked.title()).toContain(OTHER_ACCOUNT);
  await panelOf(linked).waitFor(part('logged-already'));
});

test('a thread of a hundred messages has its card', async () => {
  const mail = await startMail();
  await addLevi(mail);
  const page = await mail.openMailbox('?expanded');
  const panel = await openThread(page, 'noa-quote');
  await panel.waitFor(part('stand'));
  await page.evaluate(() => {
    const list = document.querySelector('.a98 [role=list]');
    const message = list?.firstElementChild;
    const more = Array.from({ length: 97 }, () => message?.cloneNode(true) ?? '');
    list?.append(...more);
  });
  await panel.click(action('log-call'));
  await panel.waitFor(part('toast'));
  expect(await page.$$('.a98 .adn')).toHaveLength(100);
  expect(mail.extension.errors.all()).toEqual([]);
});

test('what looks like Gmail on another host is left alone', async () => {
  const mail = await startMail();
  await addLevi(mail);
  const page = await mail.extension.open(`${ELSEWHERE}/mail/u/0/#inbox/${idOfThread('noa-quote')}`);
  await page.waitForSelector('.a98 .gD[email]');
  // Gmail itself, opened after it, has its card by now: this one was not merely late.
  const gmail = await openThread(await mail.openMailbox(), 'noa-quote');
  await gmail.waitFor(part('stand'));
  expect(await page.$(panelHost)).toBeNull();
  expect(await page.$(MARK)).toBeNull();
});
