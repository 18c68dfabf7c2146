import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { expect, test } from 'vitest';
import { action, field, part } from '../support/panel.ts';
import { addLevi, startMail, type Mail } from './support/mail.ts';
import {
  clientRow,
  createWorkspace,
  pair,
  sharedWorker,
  temporaryFolder,
  textOf,
} from './support/workspace.ts';

const dashboardOf = (mail: Mail): Promise<Page> =>
  mail.extension.openExtensionPage('dashboard.html');

/** What cannot be taken back is explained first and done with a second click. */
async function confirm(page: Page, name: string): Promise<void> {
  await page.click(action(name));
  await page.waitForSelector(part(`${name}-help`));
  await page.click(action(`${name}-confirm`));
}

const names = async (mail: Mail): Promise<readonly string[]> =>
  (await mail.ask('client.search', { text: 'l' })).map(({ name }) => name);

test('a removed device hears it, keeps its data, and nothing written since reaches it', async () => {
  const worker = await sharedWorker();
  const [first, second] = [await startMail(), await startMail()];
  await addLevi(first);
  await createWorkspace(first, worker);
  await pair(first, second, worker);
  await expect.poll(() => names(second)).toEqual(['Levi & Sons']);
  const page = await dashboardOf(first);
  await page.waitForSelector(`${part('pairing')}[data-phase=done]`);
  await page.waitForSelector(action('remove-device'));
  await page.click(action('rename-device'));
  await page.waitForSelector(field('rename-device'));
  await page.$eval(field('rename-device'), (input) => (input as HTMLInputElement).select());
  await page.type(field('rename-device'), 'Desk in the office\n');
  await expect.poll(() => textOf(page, part('members'))).toContain('Desk in the office');
  await confirm(page, 'remove-device');
  await expect.poll(() => page.$$(part('device')).then((devices) => devices.length)).toBe(1);
  await page.waitForSelector(part('pairing'), { hidden: true });
  const reopened = await dashboardOf(first);
  await reopened.waitForSelector(part('sync-status'));
  expect(await reopened.$(part('pairing'))).toBeNull();
  await reopened.close();
  await page.bringToFront();
  await first.ask('client.add', {
    clientName: 'Lakeside',
    personName: 'Lea',
    address: 'lea@lakeside.example',
    domain: null,
  });
  await first.ask('sync.now', {});
  const status = await second.ask('sync.now', {});
  expect(status).toMatchObject({ state: 'error', problem: 'access-ended' });
  expect(await names(second)).toEqual(['Levi & Sons']);

  // It can come back, by being paired anew.
  const theirs = await dashboardOf(second);
  await theirs.waitForSelector(action('pair-again'));
  expect(await theirs.$(part('pairing'))).toBeNull();
  await theirs.click(action('pair-again'));
  await theirs.waitForSelector(field('join-code'));
  await theirs.close();
  await page.close();
  await pair(first, second, worker);
  await expect.poll(() => names(second)).toEqual(['Lakeside', 'Levi & Sons']);
});

test('somebody invited by a link is let in once the digits agree, and a viewer changes nothing', async () => {
  const worker = await sharedWorker();
  const [owner, guest] = [await startMail(), await startMail()];
  await addLevi(owner);
  await createWorkspace(owner, worker);
  const page = await dashboardOf(owner);
  await page.waitForSelector(field('invite-note'));
  await page.type(field('invite-note'), 'Tuomas');
  await page.select(field('invite-role'), 'viewer');
  await page.click(action('invite'));
  await page.waitForSelector(field('invite-link'));
  const link = await page.$eval(field('invite-link'), (input) => (input as HTMLInputElement).value);
  expect(link).toContain('/join#');

  const theirs = await dashboardOf(guest);
  await theirs.waitForSelector(field('accept-link'));
  await theirs.type(field('member-name'), 'Tuomas Laine');
  await theirs.type(field('accept-link'), link);
  await theirs.click(action('accept-invitation'));
  await page.bringToFront();
  await page.waitForSelector(action('approve-invitation'));
  const digits = await textOf(page, `${part('invitations')} ${part('check-digits')}`);
  await theirs.bringToFront();
  await expect.poll(() => textOf(theirs, part('check-digits'))).toBe(digits);
  await page.bringToFront();
  await page.click(action('approve-invitation'));
  await theirs.bringToFront();
  await expect.poll(() => names(guest)).toEqual(['Levi & Sons']);
  const [client] = await guest.ask('client.search', { text: 'levi' });
  await guest.ask('client.note', { clientId: client?.clientId ?? '', notes: 'mine' });
  // A sync that had begun before the note ends without it.
  await expect
    .poll(() => guest.ask('sync.now', {}))
    .toMatchObject({ problem: 'read-only', pending: 1 });
});

test('with the words on paper a new browser opens the workspace after every device is lost', async () => {
  const worker = await sharedWorker();
  const lost = await startMail();
  await addLevi(lost);
  await createWorkspace(lost, worker);
  const page = await dashboardOf(lost);
  await page.waitForSelector(action('new-words'));
  await page.click(action('new-words'));
  await page.waitForSelector(part('recovery-words'));
  const words = await page.$$eval(`${part('recovery-words')} li`, (items) =>
    items.map((item) => item.textContent ?? ''),
  );
  expect(words).toHaveLength(24);
  const asked = await page.$$eval(`${part('recovery')} label span`, (labels) =>
    labels.map((label) => Number(/\d+/.exec(label.textContent ?? '')?.[0])),
  );
  for (const [index, place] of asked.entries()) {
    await page.type(field(`word-${index}`), words[place - 1] ?? '');
  }
  await page.click(action('confirm-words'));
  await page.waitForSelector(`${part('recovery')}[data-state=made]`);
  await lost.ask('sync.now', {});
  await lost.extension.close();

  const fresh = await startMail();
  const theirs = await dashboardOf(fresh);
  await theirs.waitForSelector(field('recovery-words'));
  await theirs.type(field('worker-url'), worker.url);
  await theirs.type(field('recovery-words'), words.join(' '));
  await theirs.click(action('recover'));
  await expect.poll(() => names(fresh)).toEqual(['Levi & Sons']);
});

test('a passphrase locks sync, not the data, and opens it again', async () => {
  const worker = await sharedWorker();
  const mail = await startMail();
  await addLevi(mail);
  await createWorkspace(mail, worker);
  const page = await dashboardOf(mail);
  await page.waitForSelector(field('new-passphrase'));
  await page.type(field('new-passphrase'), 'a long enough one');
  await page.click(action('set-lock'));
  await page.waitForSelector(`${part('lock')}[data-state=on]`);
  await page.click(action('lock-now'));
  await page.waitForSelector(part('unlock'));
  expect(await names(mail)).toEqual(['Levi & Sons']);
  expect(await mail.ask('sync.now', {})).toMatchObject({ state: 'locked' });
  await page.type(field('passphrase'), 'not this one');
  await page.click(action('unlock'));
  await page.waitForSelector(part('sync-refusal'));
  // Whoever types on at once loses nothing to what comes after the refusal.
  await page.type(field('passphrase'), 'a long enough one');
  await page.click(action('unlock'));
  await page.waitForSelector(`${part('sync-status')}[data-state=idle]`);
});

test('a backup is one sealed file, and gives everything back to an empty browser', async () => {
  const mail = await startMail();
  const clientId = await addLevi(mail, [3, 9]);
  await mail.ask('client.note', { clientId, notes: 'Sails on Saturdays' });
  const page = await dashboardOf(mail);
  // The browser's own download would go to somebody's own folder, or to none.
  await page.evaluate(() => {
    HTMLAnchorElement.prototype.click = () => undefined;
    URL.createObjectURL = (file: Blob) => {
      void file.arrayBuffer().then((buffer) => {
        const bytes = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte));
        document.documentElement.dataset['saved'] = btoa(bytes.join(''));
      });
      return '#';
    };
  });
  await page.waitForSelector(field('backup-passphrase'));
  await page.type(field('backup-passphrase'), 'harbour lights');
  await page.click(action('make-backup'));
  await page.waitForSelector('html[data-saved]');
  const saved = await page.evaluate(() => document.documentElement.dataset['saved'] ?? '');
  const file = Buffer.from(saved, 'base64');
  expect(file.includes(Buffer.from('Levi'))).toBe(false);
  const path = join(await temporaryFolder(), 'mainstay.backup');
  await writeFile(path, file);

  const empty = await startMail();
  const theirs = await dashboardOf(empty);
  const input = await theirs.waitForSelector(`input${field('restore-file')}`);
  if (!input) throw new Error('there is nowhere to put a file');
  await (input as Awaited<ReturnType<typeof theirs.$<'input'>>>)?.uploadFile(path);
  await theirs.type(field('restore-passphrase'), 'harbour light');
  await theirs.click(action('look-backup'));
  await theirs.waitForSelector(part('backup-problem'));
  await theirs.type(field('restore-passphrase'), 's');
  await theirs.click(action('look-backup'));
  await theirs.waitForSelector(part('backup-contents'));
  expect(await textOf(theirs, part('backup-contents'))).toContain('1 client, 4 entries');
  await theirs.click(action('restore-backup'));
  await theirs.waitForSelector(part('backup-restored'));
  const card = await empty.ask('card.client', { clientId, source: null });
  expect(card).toMatchObject({ notes: 'Sails on Saturdays', interactionCount: 2 });
});

test('a value that another device’s edit overrode is shown and can be used again', async () => {
  const worker = await sharedWorker();
  const [first, second] = [await startMail(), await startMail()];
  const clientId = await addLevi(first);
  await createWorkspace(first, worker);
  await pair(first, second, worker);
  await expect.poll(() => names(second)).toEqual(['Levi & Sons']);
  const page = await dashboardOf(first);
  await page.waitForSelector(`${part('pairing')}[data-phase=done]`);
  // At the same moment. Where one of the two has heard of the other's before, they try again.
  const write = async (): Promise<unknown> => {
    const notes = `at ${performance.now()}`;
    await Promise.all([
      first.ask('client.note', { clientId, notes: `from the first ${notes}` }),
      second.ask('client.note', { clientId, notes: `from the second ${notes}` }),
    ]);
    for (const each of [first, second, first]) await each.ask('sync.now', {});
    return clientRow(page, clientId);
  };
  await expect.poll(write).toHaveProperty('meta.losers');
  await page.waitForSelector(field('history-search'));
  await page.type(field('history-search'), 'levi');
  await page.waitForSelector(action('open-history'));
  await page.click(action('open-history'));
  await page.waitForSelector(`${part('history-row')}[data-table=clients]`);
  await page.click(`${part('history-row')}[data-table=clients] ${action('show-versions')}`);
  await page.waitForSelector(part('versions'));
  const notes = async () =>
    (await first.ask('card.client', { clientId, source: null }))?.notes ?? '';
  const before = await notes();
  await page.waitForSelector(action('use-loser'));
  await page.click(action('use-loser'));
  await expect.poll(notes).not.toBe(before);
});
