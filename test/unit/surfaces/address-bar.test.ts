import { describe, expect, it } from 'vitest';
import { placeFor, suggestionsFor } from '../../../extension/entrypoints/background/omnibox.ts';
import { readHash } from '../../../extension/page/client-hash.ts';

const levi = { clientId: 'c1', name: 'Levi & Sons', people: ['Noa Levi', 'Ari Levi', 'Dan'] };
const finch = { clientId: 'c2', name: 'Finch', people: ['Tom'] };
const otherFinch = { clientId: 'c3', name: 'Finch', people: ['Eve'] };
const emptyFinch = { clientId: 'c4', name: 'Finch', people: [] };

describe('a line of the address bar', () => {
  it('is the client’s name, with people beside it', () => {
    expect(suggestionsFor([levi])).toEqual([
      { clientId: 'c1', content: 'Levi & Sons', description: 'Levi & Sons · Noa Levi · Ari Levi' },
    ]);
  });

  it('names a person where two clients have one name', () => {
    const contents = suggestionsFor([finch, otherFinch, levi]).map(({ content }) => content);
    expect(contents).toEqual(['Finch Tom', 'Finch Eve', 'Levi & Sons']);
  });

  it('leads to the client that it names, whoever else was found', () => {
    expect(placeFor('Levi & Sons ', [finch, levi])).toBe('#client/c1');
  });

  it('leads to the only client found, also by a part of the name', () => {
    expect(placeFor('lev', [levi])).toBe('#client/c1');
  });

  it('leads to the search when it names several or nobody', () => {
    expect(placeFor('fin', [finch, levi])).toBe('#find/fin');
    expect(placeFor('Finch', [finch, emptyFinch, emptyFinch])).toBe('#find/Finch');
    expect(placeFor('a/b %', [])).toBe('#find/a%2Fb%20%25');
  });
});

describe('the dashboard’s address', () => {
  it('names a client or a search, whatever letters they have', () => {
    expect(readHash('#client/sample-1')).toEqual({ kind: 'client', clientId: 'sample-1' });
    expect(readHash(placeFor('100% Ü/&', []))).toEqual({ kind: 'find', text: '100% Ü/&' });
  });

  it('is taken as it is when someone typed it', () => {
    expect(readHash('#find/50%')).toEqual({ kind: 'find', text: '50%' });
  });

  it('is the settings otherwise', () => {
    expect(readHash('#sync')).toBeNull();
    expect(readHash('')).toBeNull();
  });
});
