import { expect, test } from 'vitest';
import { action, panelHost, panelOf, part } from '../support/panel.ts';
import { addClient, addLevi, MAILBOX, openThread, startMail, type Mail } from './support/mail.ts';
import { cardBox, MARK, markLabels, waitForMark } from './support/list.ts';

const NOA = 'noa@levi-sons.example';

async function withClients(mail: Mail): Promise<void> {
  await addLevi(mail, [200]);
  await addClient(mail, {
    name: 'Korpela',
    person: 'Aino',
    address: 'aino.korpela@korpela.example',
    touchedDaysAgo: [1],
  });
}

test('rows of known clients have a mark that says how we stand, others have none', async () => {
  const mail = await startMail();
  await withClients(mail);
  const page = await mail.openMailbox();
  await waitForMark(page, NOA);
  const labels = await markLabels(page);
  expect(labels).toContain('Levi & Sons: Overdue');
  expect(labels).toContain('Korpela: On rhythm');
  expect(new Set(labels).size).toBe(2);
  expect(await page.$(panelHost)).toBeNull();
  // A search is a list too.
  await page.evaluate(() => {
    location.hash = '#search/levi';
  });
  await waitForMark(page, NOA);
  await expect.poll(async () => new Set(await markLabels(page)).size).toBe(1);
  expect(mail.extension.errors.all()).toEqual([]);
});

test('the card opens at the mark that is pointed at, can be used, and goes with the pointer', async () => {
  const mail = await startMail();
  await withClients(mail);
  const page = await mail.openMailbox();
  const panel = panelOf(page);
  const mark = await waitForMark(page, NOA);
  await mark.hover();
  await panel.waitFor(part('stand'));
  const [card, at] = [await cardBox(page), await mark.boundingBox()];
  expect(Math.abs((card?.x ?? 0) - (at?.x ?? 0))).toBeLessThan(4);
  await panel.click(action('log-call'));
  await expect.poll(() => panel.text(part('stand'))).toContain('In touch today');
  await page.mouse.move(1000, 20);
  await panel.waitUntilGone(part('stand'));
  // The mark follows what was logged.
  await expect.poll(() => markLabels(page)).toContain('Levi & Sons: On rhythm');
});

test('with the keyboard the card follows the row that has the focus', async () => {
  const mail = await startMail();
  await withClients(mail);
  const page = await mail.openMailbox();
  const panel = panelOf(page);
  await waitForMark(page, NOA);
  const rows = await page.$$eval('tr.zA', (all) =>
    all.map((row) => row.querySelector('mainstay-mark')?.getAttribute('aria-label') ?? ''),
  );
  const marked = rows.findIndex((label) => label.includes('Levi'));
  for (let steps = 0; steps <= marked; steps += 1) await page.keyboard.press('j');
  await expect.poll(() => panel.text('.card-name')).toContain('Levi & Sons');
  await page.keyboard.press('Escape');
  await panel.waitUntilGone(part('card'));
  await page.keyboard.press('Enter');
  // The thread is open, and its card with it.
  await expect.poll(() => page.url()).toMatch(/inbox\/[\da-f]{16}/);
  await panel.waitFor(part('stand'));
});

test('beside an open email the card of a mark comes and goes, and the email’s own returns', async () => {
  const mail = await startMail();
  await withClients(mail);
  const page = await mail.openMailbox('?pane=right');
  const panel = await openThread(page, 'noa-quote');
  await expect.poll(() => panel.text('.card-name')).toContain('Levi & Sons');
  const usual = await cardBox(page);
  const mark = await waitForMark(page, 'aino.korpela@korpela.example');
  await mark.hover();
  await expect.poll(() => panel.text('.card-name')).toContain('Korpela');
  await page.mouse.move(700, 860);
  await expect.poll(() => panel.text('.card-name')).toContain('Levi & Sons');
  await expect.poll(() => cardBox(page)).toEqual(usual);
});

test('from right to left the mark and its card stand at the other side', async () => {
  const mail = await startMail();
  await withClients(mail);
  const page = await mail.openMailbox('?lang=he');
  const mark = await waitForMark(page, NOA);
  const at = await mark.boundingBox();
  expect(at?.x).toBeGreaterThan(900);
  await mark.hover();
  await panelOf(page).waitFor(part('stand'));
  const card = await cardBox(page);
  expect(Math.abs((card?.x ?? 0) + (card?.width ?? 0) - (at?.x ?? 0) - 12)).toBeLessThan(4);
});

test('in a list of strangers nothing of ours is in the page', async () => {
  const mail = await startMail();
  await addClient(mail, { name: 'Nobody', person: 'No One', address: 'no.one@nowhere.example' });
  const page = await mail.openMailbox();
  await page.waitForSelector('[gh=tl] tr.zA');
  // It was asked and answered: the same list is marked once one of them is known.
  await addLevi(mail);
  await waitForMark(page, NOA);
  const other = await mail.extension.open(`${MAILBOX}#search/newsletter`);
  await other.waitForSelector('[gh=tl]');
  await new Promise((resolve) => setTimeout(resolve, 1500));
  expect(await other.$(MARK)).toBeNull();
  expect(await other.$(panelHost)).toBeNull();
});

test('after an update of the extension the marks go, and nothing is thrown', async () => {
  const mail = await startMail();
  await withClients(mail);
  const page = await mail.openMailbox();
  await waitForMark(page, NOA);
  const other = await mail.extension.openExtensionPage('popup.html');
  await other.evaluate(() => chrome.runtime.reload()).catch(() => undefined);
  await page.waitForFunction((name) => !document.querySelector(name), { timeout: 15_000 }, MARK);
  const thrown = mail.extension.errors
    .all()
    .filter(({ where }) => where.startsWith('https://mail'));
  expect(thrown).toEqual([]);
});
