import { expect, test } from 'vitest';
import { readWords, type PickedWords } from '../../../extension/sites/gmail/read-words.ts';
import { openPage } from './gmail-frame.ts';

const MIRA = 'mira@lantern-works.example';
const page = (body: string): Promise<{ readonly document: Document }> =>
  openPage(`<!doctype html><html><head><meta charset="utf-8"></head><body>${body}</body></html>`);

const message = (address: string, body: string): string =>
  `<div class="adn ads"><span class="gD" email="${address}" name="x"></span>
   <div class="ii gt"><div class="a3s">${body}</div></div></div>`;
const composer = (body: string): string =>
  `<div class="M9"><div contenteditable="true" role="textbox" aria-multiline="true">${body}</div></div>`;

async function pick(html: string, selector: string | null): Promise<PickedWords | null> {
  const { document } = await page(html);
  const picked = selector === null ? null : document.querySelector(selector);
  if (picked) document.getSelection()?.selectAllChildren(picked);
  return readWords(document, MIRA);
}

test('the selected words of a message are its sender’s', async () => {
  const html = message('Mira@Lantern-Works.example', '<p id="a">I’ll send it.</p>');
  expect(await pick(html, '#a')).toEqual({ text: 'I’ll send it.', author: 'us' });
  const theirs = message('otto@brandt.example', '<p id="a">I’ll pay on Monday.</p>');
  expect(await pick(theirs, '#a')).toEqual({ text: 'I’ll pay on Monday.', author: 'them' });
});

test('an address that a message pretends to come from in its body is not its sender', async () => {
  const html = message(
    'otto@brandt.example',
    `<p id="a">Yes.</p><i class="gD" email="${MIRA}"></i>`,
  );
  expect((await pick(html, '#a'))?.author).toBe('them');
  const only = `<div class="adn ads"><div class="a3s"><p id="a">Yes.</p><i class="gD" email="${MIRA}"></i></div></div>`;
  expect((await pick(only, '#a'))?.author).toBeNull();
});

test('selected words that stand in no message are nobody’s', async () => {
  expect(await pick('<p id="a">I’ll send it.</p>', '#a')).toEqual({
    text: 'I’ll send it.',
    author: null,
  });
});

test('words selected in a composer are ours, also where it stands inside their message', async () => {
  const html = message('otto@brandt.example', composer('<p id="a">I’ll call.</p>'));
  expect((await pick(html, '#a'))?.author).toBe('us');
});

test('without a selection it is what the composer holds, but for what it quotes', async () => {
  const html = composer(
    'Hi Otto,<div>I’ll call you<br>tomorrow.</div><div class="gmail_quote"><div>On Monday Otto wrote:</div>' +
      '<blockquote>I’ll pay.</blockquote></div>',
  );
  expect(await pick(html, null)).toEqual({
    text: 'Hi Otto,\nI’ll call you\ntomorrow.',
    author: 'us',
  });
});

test('of several composers it is the one with the focus, else the last that was opened', async () => {
  const { document } = await page(composer('First draft') + composer('Second draft'));
  expect(readWords(document, MIRA)?.text).toBe('Second draft');
  document.querySelector<HTMLElement>('[contenteditable]')?.focus();
  expect(readWords(document, MIRA)?.text).toBe('First draft');
});

test('nothing selected and nothing written is nothing', async () => {
  expect(await pick('<p>Hello</p>', null)).toBeNull();
  expect(await pick(composer('  <br> '), null)).toBeNull();
});

test('a very long selection is cut, and no page is changed', async () => {
  const { document } = await page(`<p id="a">${'word '.repeat(10_000)}</p>`);
  const before = document.body.childNodes.length;
  const picked = document.querySelector('#a');
  if (picked) document.getSelection()?.selectAllChildren(picked);
  expect(readWords(document, MIRA)?.text.length).toBe(20_000);
  expect(document.body.childNodes.length).toBe(before);
});
