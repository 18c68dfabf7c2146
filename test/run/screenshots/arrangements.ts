import type { Page } from 'puppeteer-core';
import { action, panelOf, part } from '../../support/panel.ts';

type IdOf = (key: string) => string;

/** One way in which the mailbox can be arranged, and what is to be seen in it. */
export interface Arranged {
  readonly name: string;
  readonly query: (idOf: IdOf) => Readonly<Record<string, string>>;
  readonly hash: (idOf: IdOf) => string;
  readonly hasCard: boolean;
  readonly prepare: (page: Page, idOf: IdOf) => Promise<void>;
}

const NOA = 'noa@levi-sons.example';
const MARK = 'mainstay-mark';
const MARK_OF_NOA = `tr.zA:has([email="${NOA}"]) ${MARK}`;

const thread =
  (key: string): Arranged['hash'] =>
  (idOf) =>
    `#inbox/${idOf(key)}`;

const plain = (name: string, rest: Partial<Arranged>): Arranged => ({
  name,
  query: () => ({}),
  hash: () => '#inbox',
  hasCard: true,
  prepare: async () => undefined,
  ...rest,
});

const forMarks = async (page: Page): Promise<void> => {
  await page.waitForSelector(MARK);
};

const pointAtNoa = async (page: Page): Promise<void> => {
  const mark = await page.waitForSelector(MARK_OF_NOA);
  await mark?.hover();
};

async function compose(page: Page): Promise<void> {
  await page.waitForSelector('.T-I-KE');
  await page.click('.T-I-KE');
  await page.type('[role=dialog] [name=to] input', NOA);
  await page.keyboard.press('Enter');
  await page.focus('[role=dialog] [name=subjectbox]');
}

/** Selects what we promised, and asks for it to be understood. */
async function promise(page: Page): Promise<void> {
  await page.waitForSelector('.kv');
  await page.evaluate((words) => {
    for (const item of document.querySelectorAll<HTMLElement>('.kv')) item.click();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const at = node.nodeValue?.indexOf(words) ?? -1;
      if (at < 0 || !node.parentElement?.checkVisibility()) continue;
      getSelection()?.setBaseAndExtent(node, at, node, at + words.length);
      return;
    }
  }, "I'll send you the quote by Friday.");
  const panel = panelOf(page);
  await panel.click(action('promise'));
  await panel.waitFor(part('promise-sheet'));
}

export const arrangements: readonly Arranged[] = [
  plain('thread', { hash: thread('noa-quote') }),
  plain('promise-sheet', { hash: thread('noa-quote'), hasCard: false, prepare: promise }),
  plain('single-message', { query: () => ({ conversations: 'off' }), hash: thread('noa-quote') }),
  plain('pane-right', { query: () => ({ pane: 'right' }), hash: thread('noa-quote') }),
  plain('pane-below', { query: () => ({ pane: 'below' }), hash: thread('noa-quote') }),
  plain('pop-out', { query: (idOf) => ({ popout: idOf('noa-quote') }), hash: () => '' }),
  plain('long-thread', { query: () => ({ expanded: '' }), hash: thread('harbour-kickoff') }),
  plain('list', { hasCard: false, prepare: forMarks }),
  plain('list-card', { prepare: pointAtNoa }),
  plain('search', { hash: () => '#search/levi', hasCard: false, prepare: forMarks }),
  plain('compose-window', { prepare: compose }),
  plain('compose-page', {
    query: () => ({ view: 'cm', fs: '1', to: NOA, su: 'Phase 2' }),
    prepare: async (page) => {
      await page.waitForSelector('[name=subjectbox]');
      await page.focus('[name=subjectbox]');
    },
  }),
  plain('reply', {
    hash: thread('noa-quote'),
    prepare: async (page) => {
      await page.waitForSelector('.a98');
      await page.keyboard.press('r');
      await page.waitForSelector('.ip .M9');
    },
  }),
];
