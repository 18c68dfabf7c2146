import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * The files a page or script loads before it does anything: what its HTML names (scripts, preloads,
 * style sheets) and, from there, every static import. Dynamic imports come later and are not counted.
 *
 * @param folder the build
 * @param entries paths below it: `popup.html`, `background.js`
 * @returns absolute paths, each once
 */
export async function loadedFiles(
  folder: string,
  entries: readonly string[],
): Promise<readonly string[]> {
  const seen = new Set<string>();
  const waiting = entries.map((entry) => join(folder, entry));
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    const references = referencesIn(file, await readFile(file, 'utf8'));
    for (const reference of references) {
      waiting.push(
        reference.startsWith('/') ? join(folder, reference) : join(dirname(file), reference),
      );
    }
  }
  return [...seen];
}

function referencesIn(file: string, text: string): readonly string[] {
  if (file.endsWith('.html')) {
    return [...text.matchAll(/<(?:script|link)\b[^>]*?\b(?:src|href)="([^"]+)"/g)].flatMap(
      ([tag, path]) => (path !== undefined && isLoadedAtOnce(tag) ? [path] : []),
    );
  }
  if (!file.endsWith('.js')) return [];
  // `from"./x.js"` and `import"./x.js"`, but not `import("./x.js")`.
  return [...text.matchAll(/(?:\bfrom|\bimport)\s*["'](\.{0,2}\/[^"']+\.js)["']/g)].flatMap(
    ([, path]) => path ?? [],
  );
}

const isLoadedAtOnce = (tag: string): boolean =>
  tag.startsWith('<script') || /rel="(?:modulepreload|stylesheet)"/.test(tag);
