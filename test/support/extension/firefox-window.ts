import type { Browser } from 'puppeteer-core';
import * as v from 'valibot';

/**
 * Firefox's own window, in which a test may do what a person does outside of pages: the sidebar, the
 * address bar, a shortcut. The driver lets us in because of `--remote-allow-system-access`.
 */
export interface FirefoxWindow {
  /** Runs the body of an async function there, with `args` in scope; gives what JSON can hold. */
  run(body: string, args?: Readonly<Record<string, unknown>>): Promise<unknown>;
}

/** What puppeteer keeps to itself of its connection to Firefox. */
interface BidiConnection {
  send(method: string, params: object): Promise<{ readonly result: unknown }>;
}

const treeSchema = v.object({ contexts: v.array(v.object({ context: v.string() })) });
const doneSchema = v.object({
  type: v.literal('success'),
  result: v.object({ value: v.string() }),
});

export async function openFirefoxWindow(browser: Browser): Promise<FirefoxWindow> {
  const connection = connectionOf(browser);
  const tree = await connection.send('browsingContext.getTree', { 'moz:scope': 'chrome' });
  const [window] = v.parse(treeSchema, tree.result).contexts;
  if (!window) throw new Error('Firefox has no window');
  return {
    async run(body, args = {}) {
      const names = Object.keys(args).join(', ');
      const { result } = await connection.send('script.callFunction', {
        functionDeclaration: `async (json) => {
          const { ${names} } = JSON.parse(json);
          const done = await (async () => { ${body} })();
          return JSON.stringify(done ?? null);
        }`,
        arguments: [{ type: 'string', value: JSON.stringify(args) }],
        target: { context: window.context },
        awaitPromise: true,
      });
      const done = v.safeParse(doneSchema, result);
      if (!done.success) throw new Error(`Firefox's window: ${JSON.stringify(result)}`);
      return JSON.parse(done.output.result.value) as unknown;
    },
  };
}

function connectionOf(browser: Browser): BidiConnection {
  if (!hasConnection(browser)) throw new Error('puppeteer has no connection of the expected form');
  return browser.connection;
}

const hasConnection = (
  browser: Browser,
): browser is Browser & { readonly connection: BidiConnection } =>
  'connection' in browser &&
  typeof browser.connection === 'object' &&
  browser.connection !== null &&
  'send' in browser.connection;
