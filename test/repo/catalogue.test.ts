import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import english from '../../extension/locales/en.json' with { type: 'json' };
import { inRoot } from '../support/paths.ts';

const sources = globSync('extension/**/*.{ts,tsx}', { cwd: inRoot('.') })
  .map((file) => readFileSync(inRoot(file), 'utf8'))
  .join('\n');

/** `kind_${kind}` uses every key that begins with `kind_`. */
const prefixes = [...sources.matchAll(/`(\w+_)\$\{/g)].map(([, prefix]) => prefix ?? '');

test('every text of the catalogue is used somewhere', () => {
  const unused = Object.keys(english).filter(
    (key) =>
      // The browser itself shows these, from the manifest.
      !/^(ext|command)[A-Z]/.test(key) &&
      !sources.includes(`'${key}'`) &&
      !sources.includes(`"${key}"`) &&
      !prefixes.some((prefix) => key.startsWith(prefix)),
  );
  expect(unused).toEqual([]);
});
