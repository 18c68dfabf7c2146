type Texts = Readonly<Record<string, string>>;

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1, -'.html'.length);

export const namesOf = (texts: Texts): readonly string[] => Object.keys(texts).map(nameOf);

export function fixtureOf(texts: Texts, name: string): string {
  const [, html] = Object.entries(texts).find(([path]) => nameOf(path) === name) ?? [];
  if (html === undefined) throw new Error(`no fixture ${name}`);
  return html;
}
