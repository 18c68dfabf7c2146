import { expect, it } from 'vitest';
import type { ClipRequest } from '../../../extension/clip/actions.ts';
import { answerMenu } from '../../../extension/entrypoints/background/menu.ts';

type Api = Parameters<typeof answerMenu>[0];
type Menus = NonNullable<Api['contextMenus']>;
type Listener<Event extends { readonly addListener: (listener: never) => void }> = Parameters<
  Event['addListener']
>[0];

interface Line {
  readonly id?: string | undefined;
  readonly title?: string | undefined;
  readonly contexts?: readonly string[] | undefined;
}

/** The parts of the browser that the menu needs, as both browsers document them. */
function fakeBrowser({ hasMenus }: { readonly hasMenus: boolean }) {
  const lines: Line[] = [];
  const clicked: Listener<Menus['onClicked']>[] = [];
  const installed: Listener<Api['runtime']['onInstalled']>[] = [];
  const granted: Listener<Api['permissions']['onAdded']>[] = [];
  const contextMenus: Menus = {
    create(line) {
      // A line that is there already is refused, as the browser does.
      if (lines.some(({ id }) => id === line.id)) throw new Error('duplicate id');
      lines.push(line);
      return line.id ?? '';
    },
    async removeAll() {
      lines.length = 0;
    },
    onClicked: { addListener: (listener) => void clicked.push(listener) },
  };
  const api: { contextMenus?: Menus } & Omit<Api, 'contextMenus'> = {
    ...(hasMenus && { contextMenus }),
    runtime: { onInstalled: { addListener: (listener) => void installed.push(listener) } },
    permissions: { onAdded: { addListener: (listener) => void granted.push(listener) } },
  };
  return { api, contextMenus, lines, clicked, installed, granted };
}

const start = (api: Api): [ClipRequest, number | undefined][] => {
  const opened: [ClipRequest, number | undefined][] = [];
  answerMenu(
    api,
    (action) => `title of ${action}`,
    (clip, windowId) => opened.push([clip, windowId]),
  );
  return opened;
};
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

const installation = { reason: 'install' } as const;

const click = {
  menuItemId: 'note',
  selectionText: 'Noa likes golf',
  pageUrl: 'https://paper.example/frame',
  editable: false,
};
const tab = { id: 7, windowId: 3, title: 'Paper', url: 'https://paper.example/' };

it('has a line for each thing that can be done, on pages and on words in them', async () => {
  const { api, lines, installed } = fakeBrowser({ hasMenus: true });
  start(api);
  for (const listener of installed) listener(installation);
  await settled();
  expect(lines.map(({ id }) => id)).toEqual(['note', 'promise', 'person', 'share']);
  expect(lines[0]).toMatchObject({ title: 'title of note' });
  expect(lines.every(({ contexts }) => contexts?.includes('selection'))).toBe(true);
  expect(lines.every(({ contexts }) => contexts?.includes('page'))).toBe(true);
});

it('has each line once after an update', async () => {
  const { api, lines, installed } = fakeBrowser({ hasMenus: true });
  start(api);
  for (const listener of installed) listener(installation);
  await settled();
  for (const listener of installed) listener(installation);
  await settled();
  expect(lines).toHaveLength(4);
});

it('is absent until it is allowed, and then there and answered once', async () => {
  const { api, contextMenus, lines, clicked, installed, granted } = fakeBrowser({
    hasMenus: false,
  });
  const opened = start(api);
  for (const listener of installed) listener(installation);
  expect(clicked).toEqual([]);
  // What it is given for another purpose changes nothing.
  api.contextMenus = contextMenus;
  for (const listener of granted) listener({ permissions: ['idle'] });
  for (const listener of granted) listener({ permissions: ['contextMenus'] });
  await settled();
  expect(lines).toHaveLength(4);
  expect(clicked).toHaveLength(1);
  for (const listener of clicked) Reflect.apply(listener, null, [click, tab]);
  expect(opened).toHaveLength(1);
});

it('opens what was clicked with the words, the page and the window', () => {
  const { api, clicked } = fakeBrowser({ hasMenus: true });
  const opened = start(api);
  for (const listener of clicked) Reflect.apply(listener, null, [click, tab]);
  const clip = { action: 'note', tabId: 7, selection: 'Noa likes golf', title: 'Paper' };
  expect(opened).toEqual([[{ ...clip, url: 'https://paper.example/' }, 3]]);
});

it('keeps no more than a note holds, and answers no line that is not its own', () => {
  const { api, clicked } = fakeBrowser({ hasMenus: true });
  const opened = start(api);
  const long = { ...click, selectionText: 'x'.repeat(1_000_000) };
  for (const listener of clicked) Reflect.apply(listener, null, [long, undefined]);
  for (const listener of clicked) {
    Reflect.apply(listener, null, [{ ...click, menuItemId: 'toString' }, tab]);
  }
  expect(opened).toHaveLength(1);
  expect(opened[0]?.[0].selection).toHaveLength(20_000);
  expect(opened[0]?.[0]).toMatchObject({ tabId: null, url: 'https://paper.example/frame' });
});
