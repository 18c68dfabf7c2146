import { setTimeout as pause } from 'node:timers/promises';
import * as v from 'valibot';
import type { BrowserUi, Surface } from './browser-ui.ts';
import type { FirefoxWindow } from './firefox-window.ts';

/** All of it for real: the window is open to us, and popup and sidebar are reached through it. */
export function firefoxUi(window: FirefoxWindow, extensionId: string): BrowserUi {
  return {
    async openPopup(front) {
      await front.bringToFront();
      const popup = surfaceIn(window, POPUP);
      let pressedAt = Date.now();
      await window.run(pressButton, { extensionId });
      await until(async () => {
        // Firefox closes it again when the focus was still on its way elsewhere: one presses once more.
        if (Date.now() - pressedAt > PRESS_AGAIN_MS) {
          pressedAt = Date.now();
          await window.run(`if (!${POPUP}) { ${pressButton} }`, { extensionId });
        }
        return popup.has('body');
      }, 'no popup');
      return popup;
    },
    async allow() {
      await window.run(
        `const until = async (look) => {
          for (let turn = 0; turn < 200; turn++) {
            const found = look();
            if (found) return found;
            await new Promise((resolve) => setTimeout(resolve, 50));
          }
          throw new Error('the browser asks nothing');
        };
        const button = await until(() => document
          .querySelector('#addon-webext-permissions-notification')
          ?.querySelector('.popup-notification-primary-button:not([disabled])'));
        // For a moment it takes no click, so that nobody says yes by accident.
        await new Promise((resolve) => setTimeout(resolve, 1000));
        button.click();`,
      );
    },
    async sidePanel() {
      const sidebar = surfaceIn(
        window,
        `document.getElementById('sidebar').contentDocument?.querySelector('browser')`,
      );
      await sidebar.waitFor('body');
      return {
        ...sidebar,
        async close() {
          await window.run('SidebarController.hide()');
        },
      };
    },
    async suggestions(text) {
      const found = await window.run(
        `gURLBar.focus();
        gURLBar.search('mst ' + text);
        const { results } = await gURLBar.lastQueryContextPromise;
        gURLBar.view.close();
        return results.filter((result) => !result.heuristic).map(({ payload }) => payload.title);`,
        { text },
      );
      return v.parse(v.array(v.string()), found);
    },
    async enter(text) {
      await window.run(
        `gURLBar.focus();
        gURLBar.search('mst ' + text);
        await gURLBar.lastQueryContextPromise;
        gURLBar.handleCommand();`,
        { text },
      );
    },
    async shortcut(_command, letter) {
      await window.run(
        `const key = document.querySelector('keyset[id^=ext-keyset] key[key=' + letter + ']');
        key.doCommand();`,
        { letter },
      );
    },
  };
}

const TIMEOUT_MS = 30_000;
const PRESS_AGAIN_MS = 3000;
const POPUP = `document.querySelector('.webextension-popup-browser')`;

const pressButton = `
  const { ExtensionParent } = ChromeUtils.importESModule(
    'resource://gre/modules/ExtensionParent.sys.mjs');
  const { extension } = WebExtensionPolicy.getByID(extensionId);
  await ExtensionParent.apiManager.global.browserAction.for(extension).openPopup(window);
`;

async function until(isDone: () => Promise<boolean>, what: string): Promise<void> {
  const deadline = Date.now() + TIMEOUT_MS;
  while (!(await isDone())) {
    if (Date.now() > deadline) throw new Error(`${what} after ${TIMEOUT_MS} ms`);
    await pause(25);
  }
}

/** What is in one of the window's own `<browser>` elements. */
function surfaceIn(window: FirefoxWindow, frame: string): Surface {
  /** Runs in the document's own process; `found` is the element there, or null. */
  const inFrame = async (selector: string, code: string, text = ''): Promise<unknown> =>
    window.run(runInFrame.replace('FRAME', frame), { selector, code, text });

  const has = async (selector: string): Promise<boolean> =>
    (await inFrame(selector, 'return found !== null;')) === true;
  const waitFor = (selector: string): Promise<void> =>
    until(() => has(selector), `${frame} has no ${selector}`);
  return {
    has,
    waitFor,
    waitUntilGone: (selector) =>
      until(async () => !(await has(selector)), `${frame} still has ${selector}`),
    async text(selector) {
      const words = await inFrame(selector, `return found?.textContent ?? '';`);
      return v
        .parse(v.string(), words ?? '')
        .replaceAll(/\s+/gu, ' ')
        .trim();
    },
    async click(selector) {
      await waitFor(selector);
      // As a user's: what opens only in a gesture would not open otherwise.
      await inFrame(
        selector,
        `const gesture = content.windowUtils.setHandlingUserInput(true);
        try { found.click(); } finally { gesture.destruct(); }`,
      );
    },
    async fill(selector, text) {
      await waitFor(selector);
      await inFrame(
        selector,
        `found.value = text; found.dispatchEvent(new content.Event('input', { bubbles: true }));`,
        text,
      );
    },
    async press(key) {
      await inFrame(
        'body',
        `for (const type of ['keydown', 'keyup']) {
          const event = new content.KeyboardEvent(type, { key: text, bubbles: true, cancelable: true });
          (content.document.activeElement ?? found).dispatchEvent(event);
        }`,
        key,
      );
    },
  };
}

/** Neither is a tab, so the driver has no page for it; its document answers through messages. */
const runInFrame = `
  const frame = FRAME;
  if (!frame) return null;
  const name = 'mainstay:' + Math.random();
  const script = '(() => { const { selector, text } = ' + JSON.stringify({ selector, text }) + ';' +
    'const found = content.document?.querySelector(selector) ?? null;' +
    'const run = () => { ' + code + ' };' +
    'sendAsyncMessage(' + JSON.stringify(name) + ', run() ?? null); })()';
  return new Promise((resolve) => {
    // A popup that closes on the click never answers.
    setTimeout(resolve, 1000, null);
    frame.messageManager.addMessageListener(name, function listen({ data }) {
      frame.messageManager.removeMessageListener(name, listen);
      resolve(data);
    });
    const url = 'data:application/javascript;charset=utf-8,' + encodeURIComponent(script);
    frame.messageManager.loadFrameScript(url, false);
  });
`;
