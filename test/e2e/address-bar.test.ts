import type { Page } from 'puppeteer-core';
import { expect, test } from 'vitest';
import { part } from '../support/panel.ts';
import { addClient, addLevi, startMail, type Mail } from './support/mail.ts';

/** The tab that the address bar has led to the dashboard. Asked itself: a driver can lag behind. */
async function ledTo(mail: Mail, hash: string): Promise<Page> {
  const found = async (): Promise<Page | undefined> => {
    for (const page of await mail.extension.browser.pages()) {
      const href = await page.evaluate(() => location.href).catch(() => '');
      if (href.includes(hash)) return page;
    }
    return undefined;
  };
  await expect.poll(found).toBeDefined();
  const page = await found();
  if (!page) throw new Error(`no tab shows ${hash}`);
  return page;
}

const textOf = (page: Page, selector: string): Promise<string> =>
  page.evaluate((wanted) => document.querySelector(wanted)?.textContent ?? '', selector);

test('the keyword in the address bar offers clients by name, person or address', async () => {
  const mail = await startMail();
  await addLevi(mail);
  await addClient(mail, { name: 'A <b> & "C"', person: 'Tom', address: 'tom@finch.example' });
  const { ui } = mail.extension;
  expect((await ui.suggestions('noa')).map(unescaped)).toEqual(['Levi & Sons · Noa Levi']);
  expect((await ui.suggestions('tom@fin')).map(unescaped)).toEqual(['A <b> & "C" · Tom']);
  expect(await ui.suggestions('nobody')).toEqual([]);
});

test('Enter opens the client', async () => {
  const mail = await startMail();
  const clientId = await addLevi(mail, [45]);
  await mail.extension.newPage();
  await mail.extension.ui.enter('Levi & Sons');
  const page = await ledTo(mail, `#client/${clientId}`);
  await expect.poll(() => textOf(page, '.card-name')).toBe('Levi & Sons');
  await expect.poll(() => textOf(page, part('stand'))).toContain('Last touch 45 days ago');
});

test('a line that names nobody, or several, opens the search for it', async () => {
  const mail = await startMail();
  await addClient(mail, { name: 'Finch', person: 'Tom', address: 'tom@finch.example' });
  await addClient(mail, { name: 'Finchley', person: 'Eve', address: 'eve@finchley.example' });
  await mail.extension.newPage();
  await mail.extension.ui.enter('fin');
  const page = await ledTo(mail, '#find/fin');
  await expect.poll(() => textOf(page, part('client-search'))).toContain('Finchley');
});

/** Chromium takes descriptions as XML. */
const unescaped = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
