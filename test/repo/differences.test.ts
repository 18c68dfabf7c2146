import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { differences } from '../e2e/support/differences.ts';
import { inRoot } from '../support/paths.ts';

const tests = globSync('test/e2e/*.test.ts', { cwd: inRoot('.') })
  .map((file) => readFileSync(inRoot(file), 'utf8'))
  .join('\n');

test('each end-to-end test that a browser leaves out exists, and the other browser runs it', () => {
  const leftOut = Object.values(differences).flatMap((reasons) => Object.keys(reasons));
  expect(leftOut.filter((name) => !tests.includes(`test('${name}'`))).toEqual([]);
  expect(new Set(leftOut).size).toBe(leftOut.length);
});
