import { expect, test } from 'vitest';
import { action, field, part } from '../support/panel.ts';
import { addLevi, openThread, startMail } from './support/mail.ts';

test('one click logs the call, says so, and one more takes it back', async () => {
  const mail = await startMail();
  await addLevi(mail);
  const panel = await openThread(await mail.openMailbox(), 'noa-quote');
  await panel.click(action('log-call'));
  await panel.waitFor(part('toast'));
  expect(await panel.text(part('toast'))).toContain('Levi & Sons');
  await expect.poll(() => panel.text(part('stand'))).toContain('In touch today');
  expect(await panel.text(part('recent'))).toContain('Quote for phase 2');
  await panel.click(action('undo'));
  await expect.poll(() => panel.text(part('stand'))).toContain('nothing logged yet');
});

test('the same email is not logged twice unless asked', async () => {
  const mail = await startMail();
  await addLevi(mail);
  const panel = await openThread(await mail.openMailbox(), 'noa-quote');
  await panel.click(action('log-email'));
  await panel.waitFor(part('logged-already'));
  await panel.click(action('log-email'));
  await panel.click(action('log-again'));
  await expect.poll(async () => (await logged(mail)).length).toBe(2);
});

test('an email is logged with its direction, subject, thread and person', async () => {
  const mail = await startMail();
  await addLevi(mail);
  const panel = await openThread(await mail.openMailbox(), 'noa-quote');
  await panel.click(action('log-email'));
  await panel.waitFor(part('toast'));
  const [row] = await logged(mail);
  expect(row).toMatchObject({ kind: 'email', direction: 'in', subject: 'Quote for phase 2' });
  expect(row?.threadUrl).toMatch(
    /^https:\/\/mail\.google\.com\/mail\/\?authuser=[^&]+%40[^&]+#all\/[0-9a-f]+$/,
  );
  expect(row?.contactId).not.toBeNull();
});

test('a line and another day are added to what was logged', async () => {
  const mail = await startMail();
  await addLevi(mail);
  const panel = await openThread(await mail.openMailbox(), 'noa-quote');
  await panel.click(action('log-meeting'));
  await panel.click(action('add-line'));
  const line = await panel.waitFor(field('line'));
  await line.type('Agreed on the colours');
  const day = await panel.waitFor(field('day'));
  await day.evaluate((input) => {
    if (!(input instanceof HTMLInputElement)) return;
    input.focus();
    const threeDaysAgo = new Date();
    threeDaysAgo.setDate(threeDaysAgo.getDate() - 3);
    input.valueAsDate = new Date(
      Date.UTC(threeDaysAgo.getFullYear(), threeDaysAgo.getMonth(), threeDaysAgo.getDate()),
    );
    input.dispatchEvent(new Event('input', { bubbles: true }));
  });
  const hasFocus = await day.evaluate((input) => {
    const root = input.getRootNode();
    return new Promise((resolve) => {
      requestAnimationFrame(() =>
        setTimeout(() => resolve(root instanceof ShadowRoot && root.activeElement === input)),
      );
    });
  });
  expect(hasFocus, 'the day keeps the focus while it is typed').toBe(true);
  await panel.click(action('save-line'));
  await expect
    .poll(() => panel.text(part('recent')))
    .toContain('3 days ago · Agreed on the colours');
});

test('a typed line shows how it is read before it is saved', async () => {
  const mail = await startMail();
  await addLevi(mail);
  const page = await mail.openMailbox();
  const panel = await openThread(page, 'noa-quote');
  const line = await panel.waitFor(field('typed-line'));
  await line.type('call 15m yesterday about the renewal');
  await expect
    .poll(() => panel.text(part('reading')))
    .toMatch(/Levi & Sons · Call · .*15 min · yesterday · the renewal/);
  expect(await logged(mail)).toEqual([]);
  await page.keyboard.press('Enter');
  await expect.poll(() => panel.text(part('recent'))).toContain('yesterday · 15 min · the renewal');
});

test('the keyboard’s commands act once, on the card that is open, and never on a later one', async () => {
  const mail = await startMail();
  await addLevi(mail);
  const page = await mail.openMailbox();
  const { ui } = mail.extension;
  const panel = await openThread(page, 'jonas-intro');
  await panel.waitFor(part('add-client'));
  await ui.shortcut('log-call', 'C');
  await openThread(page, 'noa-quote');
  await panel.waitFor(part('stand'));
  expect(await logged(mail)).toEqual([]);
  await ui.shortcut('log-email', 'E');
  await panel.waitFor(part('toast'));
  await openThread(page, 'jonas-intro');
  await panel.waitFor(part('add-client'));
  await openThread(page, 'noa-quote');
  await panel.waitFor(part('logged-already'));
  expect(await logged(mail)).toHaveLength(1);
  await ui.shortcut('type-line', 'L');
  // What is typed before the command has arrived is the page's.
  await panel.waitFor(`${field('typed-line')}:focus`);
  await page.keyboard.type('note hello');
  await expect.poll(() => panel.text(part('reading'))).toContain('hello');
});

test('the popup logs by name, without a mouse', async () => {
  const mail = await startMail();
  await addLevi(mail);
  const popup = await mail.extension.openExtensionPage('popup.html');
  await popup.waitForSelector(field('typed-line'));
  await popup.focus(field('typed-line'));
  await popup.keyboard.type('meeting noa 1h kick-off');
  await popup.waitForSelector(`${part('reading')} bdi`);
  await popup.waitForFunction(
    (selector) => document.querySelector(selector)?.textContent?.includes('kick-off'),
    {},
    part('reading'),
  );
  await popup.keyboard.press('Enter');
  await popup.waitForSelector(part('toast'));
  await expect
    .poll(async () => (await logged(mail))[0])
    .toMatchObject({ kind: 'meeting', minutes: 60, summary: 'kick-off' });
});

/** What the card's own query says was logged with the only client, newest first. */
async function logged(mail: Awaited<ReturnType<typeof startMail>>) {
  const [found] = await mail.ask('client.search', { text: 'levi' });
  if (!found) return [];
  const card = await mail.ask('card.client', { clientId: found.clientId, source: null });
  return card.recent;
}
