import type { Page } from 'puppeteer-core';
import { panelHost } from '../../support/panel.ts';
import type { Mail } from './mail.ts';

export const OUTLOOK = 'https://outlook.office.com';

/** A tab with a fixture of Outlook under Outlook's own address. */
export const openOutlook = (mail: Mail, name: string, origin = OUTLOOK): Promise<Page> =>
  mail.extension.open(`${origin}/mail/inbox?page=${name}`);

/** Draws another fixture into the open page and changes its address, as Outlook does after a click. */
export async function showFixture(page: Page, name: string): Promise<void> {
  await page.bringToFront();
  await page.evaluate(
    async (name, panel) => {
      const response = await fetch(`/mail/inbox?page=${name}`);
      // A frame has a page of its own, which is parsed without a string that the page forbids.
      const frame = document.createElement('iframe');
      frame.src = URL.createObjectURL(await response.blob());
      const loaded = new Promise((resolve) => frame.addEventListener('load', resolve));
      frame.style.display = 'none';
      document.head.append(frame);
      await loaded;
      const parsed = frame.contentDocument;
      if (!parsed) throw new Error('the fixture has no document');
      const ours = [...document.body.children].filter((each) => each.localName === panel);
      document.body.replaceChildren(
        ...[...parsed.body.childNodes].map((node) => document.importNode(node, true)),
        ...ours,
      );
      document.title = parsed.title;
      document.documentElement.dir = parsed.documentElement.dir;
      frame.remove();
      history.pushState(null, '', `/mail/inbox?page=${name}`);
    },
    name,
    panelHost,
  );
}
