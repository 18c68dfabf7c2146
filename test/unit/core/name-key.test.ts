import { describe, expect, it } from 'vitest';
import { nameKey } from '../../../extension/db/name-query.ts';
import { nameAnswerKey, readNameAnswerKey } from '../../../shared/rules/name-key.ts';

describe('a name that is compared', () => {
  it.each([
    ['Virtanen, Anna'],
    ['ANNA VIRTANEN'],
    ['Anna  Virtanen (Acme Oy)'],
    [' Änna Virtanen '],
  ])('%s is Anna Virtanen', (name) => {
    expect(nameKey(name)).toBe(nameKey('Anna Virtanen'));
  });

  it('is another one with another part', () => {
    expect(nameKey('Anna Virtanen-Salo')).not.toBe(nameKey('Anna Virtanen'));
    expect(nameKey('Anna')).not.toBe(nameKey('Anna Virtanen'));
  });
});

describe('the key of an answer', () => {
  it('gives back what it was made of, whatever stands in a name', () => {
    const key = nameAnswerKey('me@mine.example', 'a"b/c, [d]', 'contact-1');
    expect(readNameAnswerKey(key)).toEqual({
      account: 'me@mine.example',
      nameKey: 'a"b/c, [d]',
      contactId: 'contact-1',
    });
  });

  it.each(['', 'x', '[1,2,3]', '["a","b"]', '{}'])('is not %s', (key) => {
    expect(readNameAnswerKey(key)).toBeNull();
  });
});
