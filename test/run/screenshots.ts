import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { createChildren } from '../support/children.ts';
import { loadDemoBook } from '../support/demo-book.ts';
import { launchExtension, type ExtensionBrowser } from '../support/extension.ts';
import { DEMO_ACCOUNT, demoThreads } from '../support/mailbox/mailbox.ts';
import { mailboxResponse } from '../support/mailbox/mailbox-response.ts';
import { panelOf, part } from '../support/panel.ts';
import { builds, inRoot } from '../support/paths.ts';
import { runMain } from '../support/problem.ts';
import { arrangements, type Arranged } from './screenshots/arrangements.ts';
import { buildDemo } from './build-demo.ts';

const NOW = Date.now();
const GMAIL = 'https://mail.google.com';
const children = createChildren();

/** `npm run screenshots [-- --only list]`: every arrangement, in both directions and both themes. */
await runMain(async () => {
  const only = process.argv[process.argv.indexOf('--only') + 1];
  const wanted = arrangements.filter(
    ({ name }) => !process.argv.includes('--only') || name.includes(only ?? ''),
  );
  if (!process.argv.includes('--no-build')) await buildDemo(children);
  const folder = inRoot('.mainstay/screenshots');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const app = await launchExtension({
    browser: 'chromium',
    extensionPath: builds.demo,
    headless: true,
    viewport: { width: 1280, height: 800 },
    answer: (asked) => {
      const url = new URL(asked);
      return url.origin === GMAIL
        ? mailboxResponse(url.pathname + url.search, { now: NOW, account: DEMO_ACCOUNT })
        : null;
    },
  });
  children.own(app.close);
  await loadDemoBook(app);
  let failed = 0;
  for (const language of ['en', 'he'] as const) {
    await setLanguage(app, language);
    for (const theme of ['light', 'dark'] as const) {
      for (const arrangement of wanted) {
        const name = `${arrangement.name}-${language === 'he' ? 'rtl' : 'ltr'}-${theme}`;
        try {
          await shoot(app, arrangement, language, theme, join(folder, `${name}.png`));
          console.log(`   ${name}`);
        } catch (error) {
          failed += 1;
          console.error(`   ${name}: ${error instanceof Error ? error.message : String(error)}`);
        }
      }
    }
  }
  await app.close();
  console.log(`\nIn ${folder}`);
  return failed === 0 ? 0 : 1;
});

async function shoot(
  app: ExtensionBrowser,
  arrangement: Arranged,
  language: string,
  theme: string,
  file: string,
): Promise<void> {
  const page = await app.newPage();
  try {
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }]);
    const query = new URLSearchParams({ lang: language, ...arrangement.query(idOf) });
    await page.goto(`${GMAIL}/mail/u/0/?${query}${arrangement.hash(idOf)}`);
    await page.bringToFront();
    await arrangement.prepare(page, idOf);
    if (arrangement.hasCard) await panelOf(page).waitFor(part('stand'));
    await settle(page);
    await page.screenshot({ path: file });
  } finally {
    await page.close();
  }
}

function idOf(key: string): string {
  const thread = demoThreads(NOW, DEMO_ACCOUNT).find((each) => each.key === key);
  if (!thread) throw new Error(`the demo mailbox has no thread ${key}`);
  return thread.id;
}

/** Two frames, and the moment in which the line about sync comes. */
async function settle(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await new Promise((resolve) => setTimeout(resolve, 500));
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  });
}

async function setLanguage(app: ExtensionBrowser, language: string): Promise<void> {
  const page = await app.openExtensionPage('dashboard.html');
  await page.evaluate((input) => chrome.runtime.sendMessage({ name: 'settings.language', input }), {
    language,
  });
  await page.close();
}
