import { createHash } from 'node:crypto';
import { globSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import * as v from 'valibot';
import type { SeedOptions } from '../demo/seed-book.ts';
import type { Children } from '../support/children.ts';
import { launchExtension } from '../support/extension.ts';
import { builds, inRoot, keptFolder, root } from '../support/paths.ts';

export interface BookSize {
  readonly clients: number;
  readonly contacts: number;
  readonly interactions: number;
}

export const fullBook: BookSize = { clients: 10_000, contacts: 15_000, interactions: 1_000_000 };
export const smallBook: BookSize = { clients: 1000, contacts: 1500, interactions: 20_000 };

const SEED = 20_261;
/** Whatever of these changes makes another book, so the profile before is not used any more. */
const MAKERS = [
  'test/support/book/*.ts',
  'test/demo/seed-book.ts',
  'extension/db/{database,roster,standing,stored-row}.ts',
];
/** The book's last days are counted from its seeding: an old one has everybody overdue. */
const MAX_AGE_MS = 7 * 86_400_000;

const seededSchema = v.object({ at: v.number(), seconds: v.number() });

/** A browser profile that holds the seeded book; made once and kept, since it takes minutes. */
export async function seededProfile(
  size: BookSize,
  isFresh: boolean,
  children: Children,
): Promise<string> {
  const folder = join(keptFolder, `bench-profile-${await bookHash(size)}`);
  const mark = join(folder, 'seeded.json');
  const seeded = await readMark(mark);
  const isGood = seeded !== null && Date.now() - seeded.at < MAX_AGE_MS;
  if (isGood && !isFresh) {
    console.log(`Book: from ${new Date(seeded.at).toISOString().slice(0, 16)} (seeded once, kept)`);
    return folder;
  }
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  console.log(`Seeding ${size.interactions.toLocaleString('en')} interactions …`);
  const seconds = await seed(folder, { ...size, seed: SEED }, children);
  await writeFile(mark, JSON.stringify({ at: Date.now(), seconds }));
  console.log(`Seeded in ${seconds.toFixed(0)} s`);
  return folder;
}

async function seed(
  userDataDir: string,
  options: SeedOptions,
  children: Children,
): Promise<number> {
  const app = await launchExtension({
    browser: 'chromium',
    extensionPath: builds.demo,
    userDataDir,
    headless: true,
    watchBackground: false,
  });
  children.own(app.close);
  try {
    const page = await app.openExtensionPage('demo.html');
    // Started, then asked for now and then: the driver gives up on an answer that takes minutes.
    await page.evaluate((book) => {
      const { dataset } = document.documentElement;
      window.mainstayDemo.seed(book).then(
        ({ seconds }) => (dataset['seeded'] = String(seconds)),
        (error: unknown) => (dataset['failed'] = String(error)),
      );
    }, options);
    for (;;) {
      const { seeded, failed } = await page.evaluate(() => {
        const { seeded, failed } = document.documentElement.dataset;
        return { seeded, failed };
      });
      if (failed !== undefined) throw new Error(`the book could not be seeded: ${failed}`);
      if (seeded !== undefined) return Number(seeded);
      await pause(500);
    }
  } finally {
    await app.close();
  }
}

async function readMark(file: string): Promise<v.InferOutput<typeof seededSchema> | null> {
  const text = await readFile(file, 'utf8').catch(() => 'null');
  const parsed = v.safeParse(seededSchema, JSON.parse(text));
  return parsed.success ? parsed.output : null;
}

async function bookHash(size: BookSize): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify({ size, SEED }));
  for (const file of globSync(MAKERS, { cwd: root }).toSorted()) {
    hash.update(await readFile(inRoot(file)));
  }
  return hash.digest('hex').slice(0, 12);
}
