import { readFile, writeFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { launch } from 'puppeteer-core';
import { bundleScript } from '../bench/bundle.ts';
import { requireBrowser } from '../support/browser.ts';
import { inRoot } from '../support/paths.ts';
import { Problem, runMain } from '../support/problem.ts';

const HOW = 'npm run new:fixture <saved page.html> [name]';

/**
 * A page that somebody saved becomes a fixture without a word of theirs. The reading is printed to be
 * looked at and kept beside it: a fixture that is read wrongly is what it was made for.
 */
await runMain(async () => {
  const [file, given] = process.argv.slice(2);
  if (file === undefined) {
    throw new Problem('Which page?', 'The saved page was not named.', `Run: ${HOW}`);
  }
  const saved = await readFile(file, 'utf8').catch(() => {
    throw new Problem(`${file} cannot be read.`, 'There is no such file.', `Run: ${HOW}`);
  });
  const name =
    given ??
    basename(file, extname(file))
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-');
  const { path } = await requireBrowser('chromium');
  const browser = await launch({
    executablePath: path,
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  try {
    const page = await browser.newPage();
    await page.evaluate(await bundleScript('test/support/fixture/page.ts'));
    const made = await page.evaluate(
      (html, comment) => window.newFixture(html, comment),
      saved,
      'Made from a saved page by npm run new:fixture: names, addresses, ids and words are others.',
    );
    const target = inRoot(`test/fixtures/gmail/${name}.html`);
    await writeFile(target, made.html, { flag: 'wx' }).catch(() => {
      throw new Problem(`${target} is there already.`, 'It was left alone.', `Run: ${HOW}`);
    });
    console.log(`Written: ${target}\n`);
    console.log('Look at it, then add its reading to test/fixtures/gmail/expected.json:\n');
    console.log(`"${name}": ${JSON.stringify(made.reading, null, 2)}`);
    return 0;
  } finally {
    await browser.close();
  }
});
