import type { Page } from 'puppeteer-core';
import { expect, test } from 'vitest';
import { action, field, panelHost, panelOf, part, type Panel } from '../support/panel.ts';
import { addClient, addLevi, openThread, startMail, type Mail } from './support/mail.ts';

test('opening a client’s email shows who it is, how we stand and what passed', async () => {
  const mail = await startMail();
  await addLevi(mail, [75, 65, 55, 45]);
  const page = await mail.openMailbox();
  const panel = await openThread(page, 'noa-quote');
  await panel.waitFor(part('stand'));
  expect(await panel.text('.card-name')).toBe('Noa Levi · Levi & Sons');
  expect(await panel.text(part('stand'))).toContain(
    'Last touch 45 days ago, usually every 10 days',
  );
  expect(await panel.text(part('next'))).toContain('Next touch in 15 days');
  expect(await panel.text(part('recent'))).toContain('call 45 days ago');
  await page.evaluate(() => {
    location.hash = '#inbox';
  });
  await panel.waitUntilGone(part('card'));
  expect(mail.extension.errors.all()).toEqual([]);
});

test('a colleague at a known domain is matched by it and can be added to the client', async () => {
  const mail = await startMail();
  await addLevi(mail);
  const panel = await openThread(await mail.openMailbox(), 'ari-thanks');
  await panel.waitFor(action('add-person'));
  expect(await panel.text('.card-name')).toBe('Levi & Sons');
  await panel.click(action('add-person'));
  await panel.waitUntilGone(action('add-person'));
  expect(await panel.text('.card-name')).toContain('Ari Levi');
});

test('tier, stage and the client’s own rhythm are set on the card, and undone', async () => {
  const mail = await startMail();
  await addLevi(mail, [45]);
  const panel = await openThread(await mail.openMailbox(), 'noa-quote');
  await panel.waitFor(part('stand'));
  await panel.click('[data-part=edit] > summary');
  const tier = await panel.waitFor('[name=tier]');
  await tier.select('A');
  await (await panel.waitFor('[name=ideal]')).type('10');
  await (await panel.waitFor('[name=max]')).type('20');
  await panel.click(action('save-client'));
  await expect.poll(() => panel.text(part('stand'))).toContain('Quiet for 45 days');
  expect(await panel.text(part('next'))).toContain('Touch was due 35 days ago · Tier A');
  await panel.click(action('undo'));
  await expect.poll(() => panel.text(part('next'))).toContain('Next touch in 15 days · Tier C');
});

test('with several known people the others’ clients are one click away', async () => {
  const mail = await startMail();
  await addClient(mail, {
    name: 'Harbour',
    person: 'Priya',
    address: 'priya@harbour-finch.example',
  });
  await addClient(mail, { name: 'Finch', person: 'Tom', address: 'tom@harbour-finch.example' });
  const panel = await openThread(await mail.openMailbox(), 'harbour-kickoff');
  await panel.waitFor(action('switch-client'));
  const first = await panel.text('.card-name');
  const other = await panel.text(action('switch-client'));
  expect(first).not.toContain(other);
  await panel.click(action('switch-client'));
  await expect.poll(() => panel.text('.card-name')).toContain(other);
});

test('an unknown sender is prefilled and becomes a client in one click, undone in another', async () => {
  const mail = await startMail();
  const page = await mail.openMailbox();
  const panel = await openThread(page, 'jonas-intro');
  const name = await panel.waitFor(field('client-name'));
  expect(
    await name.evaluate((input) => (input instanceof HTMLInputElement ? input.value : '')),
  ).toBe('Brightwell Labs');
  await panel.click(action('add-client'));
  await panel.waitFor(action('log-email'));
  expect(await panel.text('.card-name')).toBe('Jonas Weber · Brightwell Labs');
  expect(await panel.text(part('toast'))).toContain('Brightwell Labs');
  await panel.click(action('undo'));
  await panel.waitFor(action('add-client'));
});

test('an unknown sender can be attached to an existing client by search', async () => {
  const mail = await startMail();
  await addLevi(mail);
  const page = await mail.openMailbox();
  const panel = await openThread(page, 'jonas-intro');
  await panel.waitFor(part('add-client'));
  await panel.click('details summary');
  const search = await panel.waitFor(field('client-search'));
  await search.type('levi');
  await panel.click(action('pick-client'));
  await panel.waitFor(action('log-email'));
  expect(await panel.text('.card-name')).toBe('Jonas Weber · Levi & Sons');
});

test('“never ask” hides the sender, here and after a reload, until it is undone', async () => {
  const mail = await startMail();
  const page = await mail.openMailbox();
  const panel = await openThread(page, 'newsletter');
  await panel.waitFor(part('add-client'));
  await panel.click('details:last-of-type summary');
  await panel.click(action('never-domain'));
  await panel.waitUntilGone(part('add-client'));
  expect(await panel.text(part('toast'))).toContain('letters.paper-plane.example');
  await panel.click(action('undo'));
  await panel.waitFor(part('add-client'));
});

test('a free-mail sender is offered as a person without a domain', async () => {
  const mail = await startMail();
  const panel = await openThread(await mail.openMailbox(), 'lumi-question');
  await panel.waitFor(part('add-client'));
  expect(await panel.has('input[type=checkbox]')).toBe(false);
  expect(await panel.has(action('never-domain'))).toBe(false);
});

test('typing in the panel fires none of Gmail’s single-key shortcuts', async () => {
  const mail = await startMail();
  const page = await mail.openMailbox();
  const panel = await openThread(page, 'jonas-intro');
  const input = await panel.waitFor(field('client-name'));
  await input.click({ count: 3 });
  await page.keyboard.type('ecru and jocular /#r');
  expect(await input.evaluate((node) => (node instanceof HTMLInputElement ? node.value : ''))).toBe(
    'ecru and jocular /#r',
  );
  expect(await page.evaluate(() => document.documentElement.dataset['shortcuts'] ?? '')).toBe('');
  // The same keys outside the panel do: the mailbox listens as Gmail does.
  await page.evaluate((host) => {
    const panel = document.querySelector(host);
    const inside = panel?.shadowRoot?.activeElement;
    if (inside instanceof HTMLElement) inside.blur();
  }, panelHost);
  await page.keyboard.press('j');
  expect(await page.evaluate(() => document.documentElement.dataset['shortcuts'] ?? '')).toContain(
    'j',
  );
  expect(mail.extension.errors.all()).toEqual([]);
});

test('the panel collapses with Escape, remembers it, and opens again by keyboard', async () => {
  const mail = await startMail();
  await addLevi(mail);
  const page = await mail.openMailbox();
  let panel = await openThread(page, 'noa-quote');
  const button = await panel.waitFor(action('log-call'));
  await button.focus();
  await page.keyboard.press('Escape');
  await panel.waitFor(action('expand'));
  await page.reload();
  panel = panelOf(page);
  const expand = await panel.waitFor(action('expand'));
  await expand.focus();
  await page.keyboard.press('Enter');
  await panel.waitFor(part('card'));
});

test('in a narrow window the panel starts as a tab and never scrolls the page', async () => {
  const mail = await startMail({ viewport: { width: 700, height: 700 } });
  await addLevi(mail);
  const page = await mail.openMailbox();
  const panel = await openThread(page, 'noa-quote');
  await panel.waitFor(action('expand'));
  await panel.click(action('expand'));
  await panel.waitFor(part('card'));
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBe(0);
});

test('in Hebrew the words are Hebrew, right to left, and the panel stands at the page’s own end', async () => {
  const mail = await startMail();
  await addLevi(mail, [45]);
  await mail.ask('settings.language', { language: 'he' });
  const page = await mail.openMailbox('?lang=he');
  const panel = await openThread(page, 'noa-quote');
  const card = await panel.waitFor(part('card'));
  expect(await card.evaluate((element) => element.getAttribute('dir'))).toBe('rtl');
  expect(await panel.text(action('log-call'))).toBe('שיחה');
  const box = await card.boundingBox();
  expect(box?.x).toBeLessThan(400);
});

test('while no email is open there is nothing of ours in the page', async () => {
  const mail = await startMail();
  await addLevi(mail);
  const page = await mail.openMailbox();
  await page.waitForSelector('[gh=tl] tr.zA');
  expect(await page.$(panelHost)).toBeNull();
  // It was not merely late: the same page gets one as soon as an email is open.
  const panel = await openThread(page, 'noa-quote');
  await panel.waitFor(part('card'));
});

test('after an update of the extension the old panel goes quiet and offers a reload', async () => {
  const { mail, panel } = await updateUnderCard();
  await panel.waitFor(part('problem'), { timeout: 15_000 });
  expect(await panel.text(part('problem'))).toContain('Reload');
  const thrown = mail.extension.errors
    .all()
    .filter(({ where }) => where.startsWith('https://mail'));
  expect(thrown).toEqual([]);
});

test('a press on a row fetches the card beforehand: it is there in the frame that shows the thread', async () => {
  const mail = await startMail();
  await addLevi(mail, [45]);
  const page = await mail.openMailbox();
  // The panel has its words and the background is known to it.
  const panel = await openThread(page, 'noa-quote');
  await panel.waitFor(part('stand'));
  await page.evaluate(() => {
    location.hash = '#inbox';
  });
  await panel.waitUntilGone(part('card'));
  const shown = '[role=main]:not([style*="none"])';
  const row = await page.waitForSelector(`${shown} tr.zA:has([email="noa@levi-sons.example"])`);
  if (!row) throw new Error('the list has no row of Noa Levi');
  await page.evaluate(() => {
    const seen = (): void => {
      if (!document.querySelector('[role=main]:not([style*="none"]) .gD[email]')) return;
      observer.disconnect();
      requestAnimationFrame(() => {
        const root = document.querySelector('mainstay-panel')?.shadowRoot;
        document.documentElement.dataset['first'] =
          root?.querySelector('[data-view=known] .card-name')?.textContent ?? 'nothing';
      });
    };
    const observer = new MutationObserver(seen);
    observer.observe(document, { childList: true, subtree: true, attributeFilter: ['style'] });
  });
  await row.click({ delay: 500 });
  await expect
    .poll(() => page.evaluate(() => document.documentElement.dataset['first']))
    .toBe('Noa Levi · Levi & Sons');
});

test('a press on the page wakes a background that sleeps, before there is anything to ask', async () => {
  const mail = await startMail();
  await addLevi(mail, [45]);
  const page = await mail.openMailbox();
  await expect
    .poll(async () => {
      await mail.extension.stopBackground();
      return mail.extension.isBackgroundRunning();
    })
    .toBe(false);
  // A press within half a second of one that woke it is not told again.
  await expect
    .poll(async () => {
      await page.mouse.click(5, 5);
      return mail.extension.isBackgroundRunning();
    })
    .toBe(true);
});

test('after an update of the extension the new panel takes the place of the old one', async () => {
  const { page, panel } = await updateUnderCard();
  // Of the old panel nothing is left but what it showed: a click on it does nothing.
  await expect
    .poll(async () => {
      await panel.click(action('log-note'));
      return panel.has(part('toast'));
    })
    .toBe(true);
  expect(await page.$$(panelHost)).toHaveLength(1);
});

async function updateUnderCard(): Promise<{ mail: Mail; page: Page; panel: Panel }> {
  const mail = await startMail();
  await addLevi(mail);
  const page = await mail.openMailbox();
  const panel = await openThread(page, 'noa-quote');
  await panel.waitFor(part('stand'));
  const other = await mail.extension.openExtensionPage('popup.html');
  await other.evaluate(() => chrome.runtime.reload()).catch(() => undefined);
  return { mail, page, panel };
}
