import type { ExtensionBrowser } from './extension.ts';

/** Loads the demo's book of clients into this profile, through the background as a user's click would. */
export async function loadDemoBook(app: ExtensionBrowser): Promise<void> {
  const page = await app.openExtensionPage('popup.html');
  const answer = await page.evaluate(async () => {
    const runtime: unknown = Reflect.get(globalThis, 'chrome');
    const { sendMessage } = Object(runtime).runtime as {
      sendMessage: (message: unknown) => Promise<{ ok: boolean }>;
    };
    return sendMessage({ name: 'sample.load', input: {} });
  });
  await page.close();
  if (!answer.ok) throw new Error(`the demo book could not be loaded: ${JSON.stringify(answer)}`);
}
