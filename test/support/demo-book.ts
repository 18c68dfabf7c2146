import { demoBook } from './book/demo-book.ts';
import type { ExtensionBrowser } from './extension.ts';
import { part } from './panel.ts';

interface Answer {
  readonly ok: boolean;
}

/** Loads the demo's book of clients into an empty profile, through the background as everything else. */
export async function loadDemoBook(app: ExtensionBrowser): Promise<void> {
  const page = await app.openExtensionPage('popup.html');
  await page.waitForSelector(part('popup'));
  // A profile that is kept has its book from the first time, and what was done with it since.
  if (!(await page.$(part('first-run')))) {
    await page.close();
    return;
  }
  const ask = (name: string, input: unknown): Promise<Answer> =>
    page.evaluate(
      (message) => {
        const { runtime } = Reflect.get(globalThis, 'chrome') as {
          runtime: { sendMessage: (message: unknown) => Promise<Answer> };
        };
        return runtime.sendMessage(message);
      },
      { name, input },
    );
  const loaded = await ask('demo.load', { book: demoBook({ now: Date.now() }) });
  const answer = loaded.ok ? loaded : await ask('sample.load', {});
  await page.close();
  if (!answer.ok) throw new Error(`the demo book could not be loaded: ${JSON.stringify(answer)}`);
}
