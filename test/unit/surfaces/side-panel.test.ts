import { describe, expect, it } from 'vitest';
import { createSideModel } from '../../../extension/entrypoints/sidepanel/side-model.ts';
import type { ShownPage } from '../../../extension/sites/snapshot.ts';

const none: ShownPage = { kind: 'none' };
const thread = (threadId: string, subject = ''): ShownPage => ({
  kind: 'thread',
  snapshot: {
    host: 'gmail',
    account: null,
    layout: 'thread',
    threadId,
    threadUrl: null,
    subject,
    lastMessage: null,
    people: [],
  },
});

/** What the card was told, in order. */
function start() {
  const told: unknown[] = [];
  const side = createSideModel({
    show: (page) => {
      told.push(page);
      return Promise.resolve();
    },
    pick: (clientId) => {
      told.push(clientId);
      return Promise.resolve();
    },
  });
  return { side, told };
}

describe('the side panel', () => {
  it('shows what the active tab shows, again whenever more of it is known', () => {
    const { side, told } = start();
    side.follow(thread('t1'));
    side.follow(thread('t1', 'Quote'));
    side.follow(none);
    expect(told).toEqual([thread('t1'), thread('t1', 'Quote'), none]);
  });

  it('shows a picked client apart from the page, and keeps to it while the page stays', async () => {
    const { side, told } = start();
    side.follow(thread('t1'));
    await side.pick('c2');
    side.follow(thread('t1', 'Quote'));
    expect(told).toEqual([thread('t1'), 'c2']);
    expect(side.isPicked.value).toBe(true);
  });

  it('goes back to the page as it is by now', async () => {
    const { side, told } = start();
    side.follow(thread('t1'));
    await side.pick('c2');
    side.follow(thread('t1', 'Quote'));
    await side.unpick();
    expect(told.at(-1)).toEqual(thread('t1', 'Quote'));
    expect(side.isPicked.value).toBe(false);
  });

  it('leaves a picked client when another thread is opened', async () => {
    const { side, told } = start();
    side.follow(thread('t1'));
    await side.pick('c2');
    side.follow(thread('t2'));
    expect(told.at(-1)).toEqual(thread('t2'));
    expect(side.isPicked.value).toBe(false);
  });
});
