import { expect, test } from 'vitest';
import { action, field, part } from '../support/panel.ts';
import { addClient, addLevi, loggedWith, openThread, startMail } from './support/mail.ts';

test('letters act in the panel, the sheet names them, and in a field they are letters', async () => {
  const mail = await startMail();
  const clientId = await addLevi(mail);
  const page = await mail.openMailbox();
  const panel = await openThread(page, 'noa-quote');
  const button = await panel.waitFor(action('log-meeting'));
  await button.focus();
  await page.keyboard.press('c');
  await panel.waitFor(part('toast'));
  expect(await loggedWith(mail, clientId)).toMatchObject([{ kind: 'call' }]);
  await page.keyboard.press('u');
  await expect.poll(() => loggedWith(mail, clientId)).toEqual([]);

  await page.keyboard.type('?');
  await panel.waitFor(part('key-sheet'));
  expect(await panel.text(part('key-sheet'))).toContain('CLog call');
  await page.keyboard.press('Escape');
  await panel.waitUntilGone(part('key-sheet'));
  expect(await panel.has(part('card'))).toBe(true);

  await page.keyboard.press('l');
  await page.keyboard.type('note call me? c');
  await expect.poll(() => panel.text(part('reading'))).toContain('call me? c');
  expect(await loggedWith(mail, clientId)).toEqual([]);
  expect(mail.extension.errors.all()).toEqual([]);
});

test('a letter that is held down acts once', async () => {
  const mail = await startMail();
  const clientId = await addLevi(mail);
  const page = await mail.openMailbox();
  const panel = await openThread(page, 'noa-quote');
  const button = await panel.waitFor(action('log-meeting'));
  await button.evaluate((target) => {
    for (const repeat of [false, true, true]) {
      target.dispatchEvent(
        new KeyboardEvent('keydown', {
          key: 'c',
          code: 'KeyC',
          repeat,
          bubbles: true,
          composed: true,
        }),
      );
    }
  });
  await button.focus();
  await page.keyboard.press('m');
  const kinds = async (): Promise<readonly string[]> =>
    (await loggedWith(mail, clientId)).map(({ kind }) => kind).toSorted();
  await expect.poll(kinds).toContain('meeting');
  expect(await kinds()).toEqual(['call', 'meeting']);
});

test('on a Hebrew keyboard the same keys do the same', async () => {
  const mail = await startMail();
  const clientId = await addLevi(mail);
  const page = await mail.openMailbox();
  const panel = await openThread(page, 'noa-quote');
  const button = await panel.waitFor(action('log-meeting'));
  await button.evaluate((target) => {
    target.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'ב', code: 'KeyC', bubbles: true, composed: true }),
    );
  });
  await panel.waitFor(part('toast'));
  expect(await loggedWith(mail, clientId)).toMatchObject([{ kind: 'call' }]);
});

test('the palette finds a client and logs a call, by keyboard alone', async () => {
  const mail = await startMail();
  const clientId = await addLevi(mail);
  await addClient(mail, { name: 'Finch', person: 'Tom', address: 'tom@finch.example' });
  const popup = await mail.extension.openExtensionPage('popup.html');
  await popup.waitForSelector(field('search'));
  await popup.keyboard.down('Control');
  await popup.keyboard.press('k');
  await popup.keyboard.up('Control');
  await popup.waitForSelector(field('palette'));
  await popup.keyboard.type('noa');
  await popup.waitForSelector(`[data-choice="${clientId}"][aria-selected=true]`);
  await popup.keyboard.press('Enter');
  await popup.waitForSelector(part('palette-client'));
  await popup.keyboard.type('call');
  await popup.waitForSelector('[data-choice=log-call][aria-selected=true]');
  await popup.keyboard.press('Enter');
  await popup.waitForSelector(part('toast'));
  expect(await popup.$(part('palette'))).toBeNull();
  expect(await loggedWith(mail, clientId)).toMatchObject([{ kind: 'call' }]);
});

test('in the palette Enter takes what is found for the whole text, also when it is pressed before', async () => {
  const mail = await startMail();
  await addLevi(mail);
  await addClient(mail, { name: 'Finch', person: 'Tom', address: 'tom@finch.example' });
  const popup = await mail.extension.openExtensionPage('popup.html');
  await popup.waitForSelector(field('search'));
  await popup.click(action('palette'));
  await popup.waitForSelector(field('palette'));
  await popup.keyboard.type('finch');
  await popup.keyboard.press('Enter');
  await popup.waitForSelector(part('palette-client'));
  expect(await popup.$eval(part('palette-client'), (line) => line.textContent)).toBe('Finch');
});

test('in the palette arrows go round, and Escape goes back a step and then closes', async () => {
  const mail = await startMail();
  const clientId = await addLevi(mail);
  const popup = await mail.extension.openExtensionPage('popup.html');
  await popup.waitForSelector(field('search'));
  await popup.click(action('palette'));
  await popup.waitForSelector(field('palette'));
  const selected = (): Promise<string | null> =>
    popup.$eval('[role=option][aria-selected=true]', (line) => line.getAttribute('data-choice'));
  const first = await selected();
  await popup.keyboard.press('ArrowDown');
  await expect.poll(selected).not.toBe(first);
  await popup.keyboard.press('ArrowUp');
  await popup.keyboard.press('ArrowUp');
  await expect.poll(selected).toBe('shortcuts');
  await popup.keyboard.press('ArrowDown');
  await expect.poll(selected).toBe(first);
  await popup.keyboard.type('levi');
  await popup.waitForSelector(`[data-choice="${clientId}"][aria-selected=true]`);
  await popup.keyboard.press('Enter');
  await popup.waitForSelector(part('palette-client'));
  await popup.keyboard.press('Escape');
  await popup.waitForFunction((gone) => !document.querySelector(gone), {}, part('palette-client'));
  expect(await popup.$(part('palette'))).not.toBeNull();
  await popup.keyboard.press('Escape');
  await popup.waitForFunction((gone) => !document.querySelector(gone), {}, part('palette'));
});

test('over an open email the palette begins with that client, and logs with the thread', async () => {
  const mail = await startMail();
  const clientId = await addLevi(mail);
  const page = await mail.openMailbox();
  const panel = await openThread(page, 'noa-quote');
  await panel.waitFor(part('stand'));
  const popup = await mail.extension.ui.openPopup(page);
  await popup.click(action('palette'));
  await popup.click('[data-choice=log-email]');
  await popup.waitFor(part('toast'));
  expect(await loggedWith(mail, clientId)).toMatchObject([
    { kind: 'email', subject: 'Quote for phase 2' },
  ]);
  await panel.waitFor(part('logged-already'));
});
