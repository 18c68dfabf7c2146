import type { Page } from 'puppeteer-core';
import { expect, test } from 'vitest';
import type { SidePanel } from '../support/extension/browser-ui.ts';
import { action, field, panelOf, part } from '../support/panel.ts';
import {
  addClient,
  addLevi,
  loggedWith,
  openThread,
  startMail,
  type Mail,
} from './support/mail.ts';

/** Opened as a user does: by its button in the popup, over the tab in front. */
async function openSidePanel(mail: Mail, front: Page): Promise<SidePanel> {
  const { ui } = mail.extension;
  const popup = await ui.openPopup(front);
  await popup.click(action('open-side-panel'));
  return ui.sidePanel();
}

test('the side panel shows the client of the open email and follows the active tab', async () => {
  const mail = await startMail();
  await addLevi(mail, [45]);
  const mailbox = await mail.openMailbox();
  await openThread(mailbox, 'noa-quote');
  await panelOf(mailbox).waitFor(part('stand'));
  const side = await openSidePanel(mail, mailbox);
  await side.waitFor(part('stand'));
  expect(await side.text('.card-name')).toBe('Noa Levi · Levi & Sons');
  expect(await side.text(part('stand'))).toContain('Last touch 45 days ago');

  // Another email in the same tab, someone unknown; then the list, where nobody is open.
  await openThread(mailbox, 'jonas-intro');
  await side.waitFor(part('add-client'));
  await mailbox.evaluate(() => {
    location.hash = '#inbox';
  });
  await side.waitFor(part('nobody'));

  // Another tab, of which nothing is known, and back.
  await openThread(mailbox, 'noa-quote');
  await side.waitFor(part('stand'));
  await mail.extension.openExtensionPage('dashboard.html');
  await side.waitFor(part('nobody'));
  await mailbox.bringToFront();
  await side.waitFor(part('stand'));

  // A reload of the page under it.
  await mailbox.reload();
  await openThread(mailbox, 'jonas-intro');
  await side.waitFor(part('add-client'));
  expect(mail.extension.errors.all()).toEqual([]);
});

test('while the side panel shows the card, the page’s own panel makes room', async () => {
  const mail = await startMail();
  await addLevi(mail);
  const mailbox = await mail.openMailbox();
  const panel = await openThread(mailbox, 'noa-quote');
  await panel.waitFor(part('stand'));
  const side = await openSidePanel(mail, mailbox);
  await panel.waitFor(action('expand'));
  expect(await panel.has(part('card'))).toBe(false);
  await side.close();
  await panel.waitFor(part('card'));
});

test('one click in the side panel logs the email with its thread, and the page knows', async () => {
  const mail = await startMail();
  const clientId = await addLevi(mail);
  const mailbox = await mail.openMailbox();
  const panel = await openThread(mailbox, 'noa-quote');
  await panel.waitFor(part('stand'));
  const side = await openSidePanel(mail, mailbox);
  await side.click(action('log-email'));
  await side.waitFor(part('toast'));
  await side.waitFor(part('logged-already'));
  const [row] = await loggedWith(mail, clientId);
  expect(row).toMatchObject({ kind: 'email', direction: 'in', subject: 'Quote for phase 2' });
  expect(row?.threadUrl).toMatch(/#all\/[0-9a-f]+$/);
  await side.close();
  await panel.waitFor(part('logged-already'));
});

test('a client picked by name is logged without the open email, until one goes back to it', async () => {
  const mail = await startMail();
  await addLevi(mail);
  const finch = await addClient(mail, {
    name: 'Finch',
    person: 'Tom',
    address: 'tom@finch.example',
  });
  const mailbox = await mail.openMailbox();
  await openThread(mailbox, 'noa-quote');
  await panelOf(mailbox).waitFor(part('stand'));
  const side = await openSidePanel(mail, mailbox);
  await side.waitFor(part('stand'));
  await side.click(action('palette'));
  await side.fill(field('palette'), 'finch');
  await side.click(`[data-choice="${finch}"]`);
  await side.click('[data-choice=show-card]');
  await expect.poll(() => side.text('.card-name')).toBe('Finch');
  await side.click(action('log-email'));
  await side.waitFor(part('toast'));
  const [row] = await loggedWith(mail, finch);
  expect(row).toMatchObject({ kind: 'email' });
  expect([row?.subject ?? '', row?.threadUrl ?? '']).toEqual(['', '']);
  await side.click(action('back-to-page'));
  await expect.poll(() => side.text('.card-name')).toBe('Noa Levi · Levi & Sons');
});

test('beside a page that it cannot know, the side panel finds a client by name', async () => {
  const mail = await startMail();
  await addLevi(mail);
  const page = await mail.extension.openExtensionPage('dashboard.html');
  const side = await openSidePanel(mail, page);
  await side.waitFor(part('nobody'));
  await side.fill(field('client-search'), 'noa');
  await side.click(action('pick-client'));
  await expect.poll(() => side.text('.card-name')).toBe('Levi & Sons');
  await side.click(action('log-call'));
  await expect.poll(() => side.text(part('stand'))).toContain('In touch today');
});
