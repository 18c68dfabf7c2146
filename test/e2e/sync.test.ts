import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createChildren } from '../support/children.ts';
import { action, field, part } from '../support/panel.ts';
import { startWorker } from '../support/worker.ts';
import { addLevi, openThread, startMail } from './support/mail.ts';
import { clientRow, createWorkspace, pair, temporaryFolder, textOf } from './support/workspace.ts';

test('two profiles pair, converge both ways, and offline edits on both merge by field', async () => {
  const folder = await temporaryFolder();
  const children = createChildren();
  onTestFinished(() => children.stopAll());
  let worker = await startWorker({ children, persistTo: folder });
  const { port } = worker;
  const first = await startMail();
  const clientId = await addLevi(first, [45]);
  const second = await startMail();
  await createWorkspace(first, worker);
  const { hostPage, joinerPage } = await pair(first, second, worker);
  await expect.poll(() => textOf(joinerPage, part('pairing'))).toContain('All data has arrived');
  expect(await textOf(hostPage, part('pairing'))).toContain('fetches the data by itself');

  // The second device has what the first had, on its own card.
  const page = await second.openMailbox();
  const panel = await openThread(page, 'noa-quote');
  await panel.waitFor(part('stand'), { timeout: 20_000 });
  expect(await panel.text(part('stand'))).toContain('Last touch 45 days ago');

  // A click there is seen here within a moment, without anyone asking.
  const here = await openThread(await first.openMailbox(), 'noa-quote');
  await here.waitFor(part('stand'));
  await panel.click(action('log-call'));
  await expect.poll(() => here.text(part('stand'))).toContain('In touch today');

  // Without the worker both go on. They change different fields of one client.
  await worker.stop();
  await first.ask('client.note', { clientId, notes: 'Sails on Saturdays' });
  await second.ask('today.snooze', { clientId, until: '2030-01-01' });
  expect(await first.ask('sync.now', {})).toMatchObject({ state: 'offline', pending: 1 });
  expect((await second.ask('sync.now', {})).state).toBe('offline');

  worker = await startWorker({ children, persistTo: folder, port });
  await first.ask('sync.now', {});
  await second.ask('sync.now', {});
  await first.ask('sync.now', {});
  for (const mail of [first, second]) {
    const row = await clientRow(await mail.extension.openExtensionPage('popup.html'), clientId);
    expect(row).toMatchObject({ notes: 'Sails on Saturdays', snoozedUntil: '2030-01-01' });
    expect((await mail.ask('sync.status', { isUsed: false })).pending).toBe(0);
  }

  // What the worker has on disk says nothing.
  await worker.stop();
  const stored = await everythingIn(folder);
  expect(stored.length).toBeGreaterThan(10_000);
  for (const secret of ['Levi', 'levi-sons', 'noa@', 'Saturdays', 'Quote for phase', 'clients']) {
    expect(stored.includes(Buffer.from(secret)), secret).toBe(false);
    expect(stored.includes(Buffer.from(secret, 'utf16le')), secret).toBe(false);
  }
});

test('a mistyped code and a worker that is not there are said in words, and nothing is lost', async () => {
  const mail = await startMail();
  await addLevi(mail);
  const page = await mail.extension.openExtensionPage('dashboard.html');
  await page.waitForSelector(field('worker-url'));
  await page.type(field('worker-url'), 'http://127.0.0.1:9');
  await page.click(action('create-workspace'));
  await page.waitForSelector(part('sync-refusal'));
  expect(await textOf(page, part('sync-refusal'))).toContain('no connection');
  await page.type(field('join-code'), 'not a code at all');
  await page.click(action('join-workspace'));
  await expect
    .poll(() => textOf(page, part('sync-refusal')))
    .toContain('One character of the code');
  expect(await mail.ask('client.search', { text: 'levi' })).toHaveLength(1);
});

/** All bytes of all files, the database's own log included. */
async function everythingIn(folder: string): Promise<Buffer> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const databases = files.filter((file) => file.isFile() && /sqlite/.test(file.name));
  const contents = await Promise.all(
    databases.map((file) => readFile(join(file.parentPath, file.name))),
  );
  return Buffer.concat(contents);
}
