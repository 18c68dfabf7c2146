import { describe, expect, it } from 'vitest';
import { plainLine, plainText, webAddress } from '../../../shared/rules/plain-text.ts';

describe('text from a page', () => {
  it.each([
    ['a  b\t c', 'a b c'],
    ['a\r\nb\n\n\n\nc ', 'a\nb\n\nc'],
    ['a\u0000\u202Eb\u2066', 'ab'],
    ['<b>bold</b>', '<b>bold</b>'],
    ['كتاب\u200Cها', 'كتاب\u200Cها'],
  ])('%j becomes %j', (text, plain) => {
    expect(plainText(text, 100)).toBe(plain);
  });

  it('is cut, but never in the middle of a letter', () => {
    expect(plainText('x'.repeat(1000), 10)).toHaveLength(10);
    expect(plainText('abc😀', 4)).toBe('abc');
  });

  it('as a line has no breaks', () => {
    expect(plainLine('a\nb\n\nc', 100)).toBe('a b c');
  });
});

it.each([
  ['https://paper.example/a?b=c#d', 'https://paper.example/a?b=c#d'],
  ['http://paper.example/', 'http://paper.example/'],
  ['javascript:alert(1)', null],
  ['file:///etc/passwd', null],
  ['about:config', null],
  ['https://me:secret@paper.example/', null],
  [`https://paper.example/${'x'.repeat(2000)}`, null],
  ['', null],
])('the address %s is kept as %j', (address, kept) => {
  expect(webAddress(address)).toBe(kept);
});
