import { rm } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import type { Children } from '../../../support/children.ts';
import { launchExtension, type ExtensionBrowser } from '../../../support/extension.ts';
import type { Contents, DeviceCall, DeviceSetup } from '../contract.ts';
import type { Answered } from '../page/serve-device.ts';
import { watchMemory } from './memory.ts';
import { createCalls } from './calls.ts';
import type { RunningDevice } from './running-device.ts';

const LOOK_EVERY_MS = 250;

export interface BrowserDeviceOptions {
  readonly children: Children;
  readonly extension: string;
  /** The browser's profile: of this device alone, and thrown away with it. */
  readonly profile: string;
  readonly setup: DeviceSetup;
}

/** A device in a Chromium of its own: a profile, a process and a thread that nobody shares. */
export async function startBrowserDevice(options: BrowserDeviceOptions): Promise<RunningDevice> {
  const app = await launchExtension({
    browser: 'chromium',
    extensionPath: options.extension,
    userDataDir: options.profile,
    headless: true,
    watchBackground: false,
  });
  const stop = async (): Promise<void> => {
    await app.close().catch(() => undefined);
    await rm(options.profile, { recursive: true, force: true, maxRetries: 5 });
  };
  options.children.own(stop);
  const page = await app.openExtensionPage('device.html');
  const calls = createCalls((call, name, args) =>
    page.evaluate(
      (number, method, given) => window.benchCall(number, method, given),
      call,
      name,
      args,
    ),
  );
  await page.exposeFunction('benchAnswered', (json: string) => {
    calls.answered(JSON.parse(json) as Answered);
  });
  app.browser.once('disconnected', () => calls.failAll('the browser has ended'));
  await calls.call('start', [options.setup]).catch((error: unknown) => {
    const seen = app.errors.all().map(({ text }) => text);
    throw new Error([String(error), ...seen].join('; '), { cause: error });
  });
  return {
    call: <Result>(name: DeviceCall, args: readonly unknown[]) => calls.call<Result>(name, args),
    read: () => readStorage(app),
    watchMemory: () => watchMemory(() => rendererIds(app)),
    stop,
  };
}

/** In a page of its own, beside the device: what counts is what is stored. */
async function readStorage(app: ExtensionBrowser): Promise<Contents> {
  const page = await app.openExtensionPage('reader.html');
  try {
    await page.evaluate(() => window.benchRead());
    for (;;) {
      const read = await contentsOf(page);
      if (read && 'failed' in read)
        throw new Error(`the storage could not be read: ${read.failed}`);
      if (read) return read;
      await pause(LOOK_EVERY_MS);
    }
  } finally {
    await page.close();
  }
}

const contentsOf = (page: Page): Promise<Window['benchContents']> =>
  page.evaluate(() => window.benchContents);

async function rendererIds(app: ExtensionBrowser): Promise<readonly number[]> {
  const session = await app.browser.target().createCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
}
