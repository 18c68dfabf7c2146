import type { Page } from 'puppeteer-core';
import { expect, test } from 'vitest';
import { action, panelHost, panelOf, part } from '../support/panel.ts';
import { addLevi, MAILBOX, openThread, startMail } from './support/mail.ts';
import { cardBox, MARK, waitForMark } from './support/list.ts';

const NOA = 'noa@levi-sons.example';

/** What a page can do to the objects that it shares with nobody, and to those that it seems to. */
function spoil(): void {
  const broken = (): never => {
    throw new Error('the page broke this');
  };
  for (const [owner, names] of [
    [Element.prototype, ['matches', 'closest', 'getAttribute', 'setAttribute', 'checkVisibility']],
    [Document.prototype, ['createElementNS', 'querySelector']],
    [Array.prototype, ['flatMap', 'at', 'find']],
    [JSON, ['stringify']],
    [Object, ['entries']],
    [Promise, ['all']],
  ] as const) {
    for (const name of names) {
      // The mailbox of the test has to work itself: only what calls from elsewhere is broken.
      const real: unknown = Reflect.get(owner, name);
      Reflect.set(owner, name, function (this: unknown, ...args: unknown[]): unknown {
        const stack = new Error('where').stack ?? '';
        if (!stack.includes('/mail/mailbox/') && !stack.includes('puppeteer')) return broken();
        return typeof real === 'function' ? Reflect.apply(real, this, args) : undefined;
      });
    }
  }
  Reflect.set(window, 'MutationObserver', broken);
  Reflect.set(window, 'chrome', { runtime: { id: 'forged', sendMessage: broken } });
  Reflect.set(window, 'browser', { runtime: { id: 'forged', sendMessage: broken } });
  customElements.define('mainstay-mark', class extends HTMLElement {});
  Reflect.defineProperty(Object.prototype, 'clientId', { get: () => 'polluted' });
}

test('a page that breaks its own prototypes breaks nothing of ours, and we nothing of its', async () => {
  const mail = await startMail();
  await addLevi(mail, [45]);
  const page = await mail.extension.newPage();
  await page.evaluateOnNewDocument(spoil);
  await page.goto(MAILBOX);
  await waitForMark(page, NOA);
  const panel = await openThread(page, 'noa-quote');
  await panel.waitFor(part('stand'));
  // The driver's own click: the page leaves nobody else's questions alone.
  await page.locator(`${panelHost} >>> ${action('log-call')}`).click();
  await expect.poll(() => panel.text(part('stand'))).toContain('In touch today');
  const ours = mail.extension.errors.all().filter(({ text }) => !text.includes('the page broke'));
  expect(ours).toEqual([]);
});

/** Shifts of what the page itself shows; ours stands outside its flow. */
const shifts = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) => {
          resolve(list.getEntries().reduce((all, entry) => all + Number(Object(entry).value), 0));
        }).observe({ type: 'layout-shift', buffered: true });
        setTimeout(() => resolve(0), 1000);
      }),
  );

test('marks and cards move nothing in the page', async () => {
  const mail = await startMail();
  await addLevi(mail, [45]);
  const page = await mail.openMailbox();
  await page.waitForSelector('[gh=tl] tr.zA', { visible: true });
  const place = (): Promise<string> =>
    page.$$eval('tr.zA td, tr.zA .yP', (cells) =>
      cells
        .map((cell) => cell.getBoundingClientRect())
        .map(({ x, y, width, height }) => [x, y, width, height].map(Math.round).join(','))
        .join(' '),
    );
  await waitForMark(page, NOA);
  const marked = await place();
  await page.$$eval(MARK, (marks) => {
    for (const mark of marks) mark.remove();
  });
  expect(await place()).toBe(marked);
  await (await waitForMark(page, NOA)).hover();
  await panelOf(page).waitFor(part('stand'));
  expect(await place()).toBe(marked);
  const scroll = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(scroll).toBe(0);
  expect(await shifts(page)).toBe(0);
});

test('a page that takes our elements away, or makes its own of that name, comes to no harm', async () => {
  const mail = await startMail();
  await addLevi(mail, [45]);
  const page = await mail.openMailbox();
  await waitForMark(page, NOA);
  await page.evaluate(() => {
    const forged = document.createElement('mainstay-mark');
    forged.textContent = 'forged';
    document.body.append(forged);
    document.body.append(document.createElement('mainstay-panel'));
    forged.dispatchEvent(new PointerEvent('pointerover', { bubbles: true }));
  });
  const panel = await openThread(page, 'noa-quote');
  await expect.poll(() => page.$$('mainstay-panel').then((all) => all.length)).toBe(2);
  await page.$eval('mainstay-panel', (forged) => forged.remove());
  await panel.waitFor(part('stand'));
  await page.$eval('mainstay-panel', (ours) => ours.remove());
  await openThread(page, 'ari-thanks');
  await panel.waitFor(part('stand'));
  expect(await cardBox(page)).not.toBeNull();
  expect(mail.extension.errors.all()).toEqual([]);
});

test('the page goes on navigating while we look', async () => {
  const mail = await startMail();
  await addLevi(mail);
  const page = await mail.openMailbox('?mutations=2000&seconds=4');
  for (const key of ['noa-quote', 'ari-thanks', 'jonas-intro', 'noa-quote'])
    await openThread(page, key);
  await panelOf(page).waitFor(part('stand'));
  await page.goto(`${MAILBOX}?lang=he`);
  await page.waitForSelector('[gh=tl] tr.zA');
  expect(mail.extension.errors.all()).toEqual([]);
});
