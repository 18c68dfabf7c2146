import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';

const FOLDERS = new Map([
  ['w', 'test/worker'],
  ['p', 'test/unit/protocol'],
]);

/** `w/states: "is taken once", "names the one before"` → the file and each name. */
async function citedTests(): Promise<readonly { readonly file: string; readonly name: string }[]> {
  const text = await readFile('docs/security.md', 'utf8');
  const cells = text.split('\n').filter((line) => /^\| \d/.test(line));
  return cells.flatMap((cell) =>
    [...cell.matchAll(/([wp])\/([a-z-]+)((?:: )?(?:"[^"]+"(?:, )?)*)/g)].flatMap(
      ([, folder = '', name = '', names = '']) => {
        const file = `${FOLDERS.get(folder) ?? ''}/${name}.test.ts`;
        const quoted = [...names.matchAll(/"([^"]+)"/g)].map(([, each = '']) => each);
        return (quoted.length > 0 ? quoted : ['']).map((each) => ({ file, name: each }));
      },
    ),
  );
}

describe('docs/security.md', () => {
  it('cites tests that exist, by their names', async () => {
    const cited = await citedTests();
    expect(cited.length).toBeGreaterThan(40);
    for (const { file, name } of cited) {
      expect(await readFile(file, 'utf8'), `${file}: ${name}`).toContain(name);
    }
  });
});
