import { describe, expect, test } from 'vitest';
import { committedFiles, findIn } from './committed.ts';

const files = committedFiles();
const code = files.filter(({ path }) => /\.(ts|tsx|mjs|js)$/.test(path));

describe('what is committed', () => {
  test('names no folder of one machine', () => {
    // Absolute paths into somebody's folders; system paths such as /usr/bin are everyone's.
    expect(findIn(files, /(?<![\w.*])\/(?:home|root|Users|work)\/\w/)).toEqual([]);
    expect(findIn(files, /\b[A-Z]:\\Users\\/)).toEqual([]);
  });

  test('names no package registry, so that everyone installs from their own', () => {
    expect(
      findIn(files, /https?:\/\/[^/\s"']*(?:registry|artifactory|nexus|verdaccio)[^/\s"']*\./i),
    ).toEqual([]);
    const lock = files.filter(({ path }) => path === 'package-lock.json');
    expect(findIn(lock, /"resolved": "https?:/)).toEqual([]);
  });

  test('builds nodes in the extension, and never HTML from a string', () => {
    const extension = code.filter(({ path }) => path.startsWith('extension/'));
    const fromString =
      /\b(?:innerHTML|outerHTML|insertAdjacentHTML|dangerouslySetInnerHTML|document\.write)\b/;
    expect(findIn(extension, fromString)).toEqual([]);
  });

  test('keeps every file of a feature in the folder of that feature', () => {
    const strays = files
      .map(({ path }) => path)
      .filter((path) => /^extension\/features\/[^/]+$/.test(path));
    expect(strays).toEqual([]);
  });

  test('has file names in kebab-case, and components in PascalCase', () => {
    const wrong = code
      .map(({ path }) => path)
      .filter((path) => {
        const name = path.split('/').at(-1) ?? '';
        return (
          !/^\.?[a-z0-9]+(?:[-.][a-z0-9]+)*$/.test(name) && !/^[A-Z][A-Za-z0-9]*\.tsx$/.test(name)
        );
      });
    expect(wrong).toEqual([]);
  });
});
