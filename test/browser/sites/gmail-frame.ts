import { namesOf, fixtureOf } from './fixture-text.ts';

export { openPage, type Frame } from './page-frame.ts';

const fixtures: Readonly<Record<string, string>> = import.meta.glob('../../fixtures/gmail/*.html', {
  query: '?raw',
  import: 'default',
  eager: true,
});

export const fixtureNames = namesOf(fixtures);

export const fixture = (name: string): string => fixtureOf(fixtures, name);
