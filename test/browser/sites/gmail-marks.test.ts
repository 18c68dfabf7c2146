import { expect, onTestFinished, test, vi } from 'vitest';
import {
  drawMarks,
  removeMarks,
  type MarkLook,
} from '../../../extension/sites/gmail/draw-marks.ts';
import { readRows, type ListRow, type ReadList } from '../../../extension/sites/gmail/read-list.ts';
import type { Draft } from '../../../extension/sites/draft.ts';
import { watchAround } from '../../../extension/sites/gmail/watch-around.ts';
import { watchMarks } from '../../../extension/sites/gmail/watch-marks.ts';
import { MARK, PANEL } from '../../../extension/sites/own-elements.ts';
import { fixture, openPage, type Frame } from './gmail-frame.ts';

const OTTO = 'otto@brandt-metall.example';
const look: MarkLook = { path: 'M0 0h9v9z', colour: '#a00', dot: null, label: 'Brandt: Overdue' };
const lookOfOtto = ({ addresses }: ListRow): MarkLook | null =>
  addresses.includes(OTTO) ? look : null;

const marksIn = (document: Document): Element[] => [...document.querySelectorAll(MARK)];
const draw = (document: Document): void => drawMarks(readRows(document).rows, lookOfOtto);

function find(document: Document, selector: string): HTMLElement {
  const element = document.querySelector<HTMLElement>(selector);
  if (!element) throw new Error(`no ${selector}`);
  return element;
}

/** Where everything in the page is, to the tenth of a pixel. */
const boxes = (document: Document): string[] =>
  [...document.body.querySelectorAll(`:not(${MARK}, ${MARK} *)`)].map((element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return [x, y, width, height].map((value) => value.toFixed(1)).join(' ');
  });

/** Gmail lays a row out as a line of boxes; the fixtures, without its style sheet, are tables. */
const AS_GMAIL =
  'tr.zA{display:flex;align-items:center;block-size:40px}td{display:flex;align-items:center;' +
  'overflow:hidden;padding-inline-start:16px}td.yX{inline-size:168px}.afn{display:none}' +
  '.yW{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}';

test.each(
  ['list', 'list-marks', 'list-he', 'list-two', 'reading-pane'].flatMap((name) => [
    { name, layout: 'a table', style: 'td.yX{padding-inline-start:16px}.afn{display:none}' },
    { name, layout: 'boxes', style: AS_GMAIL },
  ]),
)(
  'in $name, laid out as $layout, a mark stands before the people and moves nothing in the page',
  async ({ name, style }) => {
    const { document } = await openPage(fixture(name));
    const sheet = document.createElement('style');
    sheet.textContent = style;
    document.head.append(sheet);
    const before = boxes(document);
    drawMarks(readRows(document).rows, () => look);
    expect(marksIn(document).length).toBeGreaterThan(0);
    expect(boxes(document)).toEqual(before);
    const isRightToLeft = document.documentElement.dir === 'rtl';
    for (const mark of marksIn(document)) {
      const box = mark.getBoundingClientRect();
      const people = mark.closest('td')?.querySelector('.yW')?.getBoundingClientRect();
      if (!people) throw new Error('the cell names nobody');
      expect(Math.abs(box.y + 10 - (people.y + people.height / 2))).toBeLessThan(4);
      expect(document.elementFromPoint(box.x + 6, box.y + 10)).toBe(mark);
      expect(box.width).toBe(12);
      if (isRightToLeft) expect(box.left).toBeGreaterThan(people.right - 1);
      else expect(box.right).toBeLessThan(people.left + 1);
    }
  },
);

test('a row has one mark however often it is drawn, and none when its client is known no more', async () => {
  const { document } = await openPage(fixture('list-marks'));
  draw(document);
  const [first] = marksIn(document);
  draw(document);
  expect(marksIn(document)).toEqual([first]);
  expect(first?.closest('tr')?.querySelector('.bA4')?.textContent).toContain('Otto');
  drawMarks(readRows(document).rows, () => null);
  expect(marksIn(document)).toEqual([]);
});

test('a mark whose words have changed is another mark', async () => {
  const { document } = await openPage(fixture('list-marks'));
  draw(document);
  drawMarks(readRows(document).rows, (row) => lookOfOtto(row) && { ...look, label: 'Brandt: Due' });
  expect(marksIn(document).map((mark) => mark.getAttribute('aria-label'))).toEqual(['Brandt: Due']);
});

test('a mark is a picture with a name, and takes no click and no focus of its own', async () => {
  const { document } = await openPage(fixture('list-marks'));
  draw(document);
  const [mark] = marksIn(document);
  expect(mark?.getAttribute('role')).toBe('img');
  expect(mark?.getAttribute('aria-label')).toBe(look.label);
  expect(mark?.hasAttribute('tabindex')).toBe(false);
  const clicked = vi.fn();
  mark?.closest('tr')?.addEventListener('click', clicked);
  mark?.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
  expect(clicked.mock.calls[0]?.[0].defaultPrevented).toBe(false);
});

test.each([
  ['all at once', (document: Document) => removeMarks(document)],
  ['one by one', (document: Document) => drawMarks(readRows(document).rows, () => null)],
])('marks that go %s leave the rows as they were', async (_how, go) => {
  const { document } = await openPage(fixture('list-marks'));
  const before = document.body.cloneNode(true);
  drawMarks(readRows(document).rows, () => look);
  expect(marksIn(document).length).toBeGreaterThan(1);
  go(document);
  expect(document.body.isEqualNode(before)).toBe(true);
});

test('in a list that the page draws anew marks are clipped as well', async () => {
  const { document } = await openPage(fixture('list-marks'));
  drawMarks(readRows(document).rows, () => look);
  const table = find(document, `table:has(${MARK})`);
  const added = document.importNode(table, true);
  added.removeAttribute('style');
  for (const mark of added.querySelectorAll(MARK)) mark.remove();
  table.replaceWith(added);
  drawMarks(readRows(document).rows, () => look);
  expect(added.querySelector(MARK)).not.toBeNull();
  expect(added.style.position).toBe('relative');
});

interface Around extends Frame {
  readonly lists: ReadList[];
  readonly drafts: (Draft | null)[];
  readonly abort: AbortController;
}

async function around(html: string): Promise<Around> {
  const frame = await openPage(html);
  const [lists, drafts]: [ReadList[], (Draft | null)[]] = [[], []];
  const abort = new AbortController();
  onTestFinished(() => abort.abort());
  watchAround({
    ...frame,
    signal: abort.signal,
    onList(list) {
      lists.push(list);
      drawMarks(list.rows, lookOfOtto);
    },
    onDraft: (draft) => drafts.push(draft),
  });
  return { ...frame, lists, drafts, abort };
}

const quietly = { timeout: 4000 };

test('a row that Gmail draws anew has its mark again', async () => {
  const { document } = await around(fixture('list-marks'));
  await vi.waitFor(() => expect(marksIn(document)).toHaveLength(1), quietly);
  const cell = marksIn(document)[0]?.closest('td');
  const people = cell?.querySelector('.yW')?.cloneNode(true);
  if (people) cell?.replaceChildren(people);
  expect(marksIn(document)).toEqual([]);
  await vi.waitFor(() => expect(marksIn(document)).toHaveLength(1), quietly);
});

test('rows that are added are marked', async () => {
  const { document } = await around(fixture('compose-empty'));
  const parsed = new DOMParser().parseFromString(fixture('list-marks'), 'text/html');
  const body = find(document, 'tbody');
  for (const row of parsed.querySelectorAll('tr.zA')) body.append(document.importNode(row, true));
  await vi.waitFor(() => expect(marksIn(document)).toHaveLength(1), quietly);
});

test('a row is read once, and again when something in it has changed', async () => {
  const { document, lists } = await around(fixture('list-marks'));
  await vi.waitFor(() => expect(lists).not.toEqual([]), quietly);
  document.dispatchEvent(new Event('focusin'));
  await vi.waitFor(() => expect(lists.length).toBeGreaterThan(1), quietly);
  expect(lists.at(-1)?.rows[0]).toBe(lists[0]?.rows[0]);
  const other = lists[0]?.rows.find(({ element }) => !element.querySelector(MARK));
  for (const each of other?.element.querySelectorAll('[email]') ?? [])
    each.setAttribute('email', OTTO);
  await vi.waitFor(() => expect(marksIn(document)).toHaveLength(2), quietly);
});

test('a list that is hidden and shown by its style alone is looked at each time', async () => {
  const { document, lists } = await around(fixture('list-marks'));
  await vi.waitFor(() => expect(lists.at(-1)?.rows).not.toEqual([]), quietly);
  const view = document.querySelector<HTMLElement>('[role=main]');
  for (const display of ['none', 'block', 'none', 'block']) {
    view?.style.setProperty('display', display);
    const isEmpty = display === 'none';
    await vi.waitFor(() => expect(lists.at(-1)?.rows.length === 0).toBe(isEmpty), quietly);
  }
});

test('a long list is marked in slices', async () => {
  const { document } = await openPage(fixture('list-marks'));
  const [row] = readRows(document).rows;
  for (let n = 0; n < 3000; n += 1) row?.element.after(row.element.cloneNode(true));
  const { rows } = readRows(document);
  let [left, slices] = [0, 0];
  do {
    left = rows.length - marksIn(document).length;
    drawMarks(
      rows,
      () => look,
      () => expect(marksIn(document).length).toBeLessThan(rows.length),
    );
    expect(rows.length - marksIn(document).length).toBeLessThan(left);
    slices += 1;
  } while (marksIn(document).length < rows.length);
  expect(slices).toBeGreaterThan(1);
});

test('drawing marks does not make it look again and again', async () => {
  const { lists, document } = await around(fixture('list-marks'));
  await vi.waitFor(() => expect(marksIn(document)).toHaveLength(1), quietly);
  // The looks that follow a change of address.
  await new Promise((resolve) => setTimeout(resolve, 2500));
  const looks = lists.length;
  await new Promise((resolve) => setTimeout(resolve, 1000));
  expect(lists.length - looks).toBeLessThanOrEqual(1);
}, 15_000);

test('the draft that has the focus is told with its people, and when it has it no more', async () => {
  const { document, drafts } = await around(fixture('compose-window'));
  const subject = find(document, '[name=subjectbox]');
  subject.focus();
  await vi.waitFor(() => expect(drafts).toHaveLength(1), quietly);
  expect(drafts[0]?.people.map(({ address, role }) => `${role} ${address}`)).toEqual([
    'recipient otto@brandt-metall.example',
    'recipient ida@brandt-metall.example',
    'cc lea@brandt-metall.example',
    'cc paul@brandt-metall.example',
  ]);
  find(document, '[role=option]').remove();
  await vi.waitFor(() => expect(drafts).toHaveLength(2), quietly);
  expect(drafts[1]?.people).toHaveLength(3);
  subject.blur();
  await vi.waitFor(() => expect(drafts.at(-1)).toBeNull(), quietly);
});

test('who goes from a draft into our panel has not left the draft', async () => {
  const { document, drafts } = await around(fixture('compose-window'));
  const panel = document.createElement(PANEL);
  panel.tabIndex = 0;
  document.body.append(panel);
  find(document, '[name=subjectbox]').focus();
  await vi.waitFor(() => expect(drafts).toHaveLength(1), quietly);
  panel.focus();
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect(drafts).toHaveLength(1);
});

test('after the abort nothing is looked at any more', async () => {
  const { document, lists, abort } = await around(fixture('list-marks'));
  await vi.waitFor(() => expect(lists.length).toBeGreaterThan(0), quietly);
  abort.abort();
  const looks = lists.length;
  find(document, 'tbody').append(find(document, 'tr.zA').cloneNode(true));
  await new Promise((resolve) => setTimeout(resolve, 2500));
  expect(lists).toHaveLength(looks);
}, 15_000);

test('a mark is cut off with its row where the list scrolls', async () => {
  const { document } = await openPage(fixture('list-marks'));
  const list = find(document, '[gh=tl]');
  list.setAttribute('style', 'block-size:10px;overflow:hidden');
  drawMarks(readRows(document).rows, () => look);
  const last = marksIn(document).at(-1)?.getBoundingClientRect();
  if (!last) throw new Error('there is no mark');
  expect(last.y).toBeGreaterThan(list.getBoundingClientRect().bottom);
  expect(last.y + 10).toBeLessThan(document.documentElement.clientHeight);
  expect(document.elementFromPoint(last.x + 6, last.y + 10)?.localName).not.toBe(MARK);
});

interface Pointed extends Frame {
  readonly picks: (Element | null)[];
  readonly mark: Element;
}

async function pointed(): Promise<Pointed> {
  const frame = await openPage(fixture('list-marks'));
  drawMarks(readRows(frame.document).rows, () => look);
  const picks: (Element | null)[] = [];
  const abort = new AbortController();
  onTestFinished(() => abort.abort());
  watchMarks({ ...frame, signal: abort.signal, onPick: (mark) => picks.push(mark) });
  return { ...frame, picks, mark: find(frame.document, MARK) };
}

const over = (element: Element): boolean =>
  element.dispatchEvent(new PointerEvent('pointerover', { bubbles: true, cancelable: true }));
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

test('a mark that is pointed at is picked, and let go when the pointer has left it for good', async () => {
  const { document, picks, mark } = await pointed();
  expect(over(mark)).toBe(true);
  await vi.waitFor(() => expect(picks).toEqual([mark]), quietly);
  over(find(document, '.y6'));
  await vi.waitFor(() => expect(picks).toEqual([mark, null]), quietly);
});

test('a mark that is merely crossed is not picked', async () => {
  const { document, picks, mark } = await pointed();
  over(mark);
  over(find(document, '.y6'));
  await wait(500);
  expect(picks).toEqual([]);
});

test('on the way from the mark into its card, and in it, the card stays', async () => {
  const { document, picks, mark } = await pointed();
  const panel = document.createElement(PANEL);
  document.body.append(panel);
  over(mark);
  await vi.waitFor(() => expect(picks).toEqual([mark]), quietly);
  over(find(document, '.y6'));
  over(panel);
  await wait(600);
  expect(picks).toEqual([mark]);
});

test.each([
  ['Escape', (document: Document) => key(document, 'Escape')],
  ['a click on the row', (document: Document) => find(document, 'tr.zA').click()],
  ['scrolling', (document: Document) => document.dispatchEvent(new Event('scroll'))],
])('%s lets it go at once', async (_what, act) => {
  const { document, picks, mark } = await pointed();
  over(mark);
  await vi.waitFor(() => expect(picks).toEqual([mark]), quietly);
  act(document);
  expect(picks).toEqual([mark, null]);
});

const key = (document: Document, name: string): boolean =>
  document.body.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true }));
