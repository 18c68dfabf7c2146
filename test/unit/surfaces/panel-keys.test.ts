import { describe, expect, it } from 'vitest';
import { letterOf, panelKeys } from '../../../extension/panel/panel-keys.ts';

describe('a key of the panel', () => {
  it('is its Latin letter, whatever the keyboard types', () => {
    expect(letterOf({ key: 'c', code: 'KeyC' })).toBe('c');
    expect(letterOf({ key: 'C', code: 'KeyC' })).toBe('c');
    expect(letterOf({ key: 'ב', code: 'KeyC' })).toBe('c');
    expect(letterOf({ key: 'с', code: 'KeyC' })).toBe('c');
  });

  it('follows the letters of a Latin keyboard, not their places', () => {
    expect(letterOf({ key: 'a', code: 'KeyQ' })).toBe('a');
  });

  it('does one thing', () => {
    const keys = panelKeys.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  });
});
