import { beforeAll, expect, test } from 'vitest';
import { measureSizes, sizesToTable, type Size } from './sizes.ts';

let sizes: readonly Size[] = [];

beforeAll(async () => {
  sizes = await measureSizes();
  console.log(`\n${sizesToTable(sizes)}\n`);
}, 60_000);

test.each([
  'content script, gmail',
  'thread and panel in gmail',
  'content script, outlook',
  'styles of the panel',
  'page script and handle',
  'popup',
  'background',
  'parts of the background',
  'tools of the panel, when asked for',
  'sync layer',
  'worker',
])('%s keeps to its budget', (name) => {
  const size = sizes.find((each) => each.name === name);
  expect(size).toBeDefined();
  expect(size?.files).not.toEqual([]);
  expect(size?.kb).toBeLessThanOrEqual(size?.budgetKb ?? 0);
});
