import { openPage, type Frame } from './gmail-frame.ts';

const fixtures: Readonly<Record<string, string>> = import.meta.glob('../../fixtures/pages/*.html', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** A page of the fixtures, laid out in a frame. */
export function openFixture(name: string): Promise<Frame> {
  const html = fixtures[`../../fixtures/pages/${name}.html`];
  if (html === undefined) throw new Error(`no fixture ${name}`);
  return openPage(html);
}

export const openBody = (body: string, title = ''): Promise<Frame> =>
  openPage(
    `<!doctype html><html><head><meta charset="utf-8"><title>${title}</title></head><body>${body}</body></html>`,
  );
