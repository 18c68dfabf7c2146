/** Captures of real pages may stand beside the project; they are not part of it. */
const files: Readonly<Record<string, string>> = import.meta.glob(
  '../../../../shared/data/gmail/*.html',
  { query: '?raw', import: 'default', eager: true },
);

/** By file name; none where the folder is not there. */
export const captures = (): [name: string, html: string][] =>
  Object.entries(files).map(([path, html]) => [path.slice(path.lastIndexOf('/') + 1), html]);

export const capture = (name: string): string | undefined =>
  captures().find(([file]) => file.includes(name))?.[1];
