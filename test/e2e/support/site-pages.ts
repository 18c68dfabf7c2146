import { readFileSync } from 'node:fs';
import type { AnswerRequest } from '../../support/extension/answering.ts';
import { inRoot } from '../../support/paths.ts';

export const FIRM = 'https://www.levi-sons.example';
export const PLAIN = 'https://plain.example';
export const LINKEDIN = 'https://www.linkedin.com';
export const CALENDAR = 'https://calendar.google.com';
export const HOSTILE = 'https://hostile.example';

/** Counts the keys that it hears before anybody else could, and answers to single letters. */
const LISTENS = `<script>
  window.heard = [];
  for (const type of ['keydown', 'keypress', 'keyup', 'input', 'click'])
    window.addEventListener(type, (event) => heard.push(type + ' ' + (event.key ?? '')), true);
</script>`;

/** What a page can do to the objects that it shares with nobody, and to those that it seems to. */
const SPOILS = `<script>
  const broken = () => { throw new Error('the page broke this'); };
  for (const [owner, names] of [
    [Element.prototype, ['matches', 'closest', 'getAttribute', 'querySelectorAll', 'attachShadow', 'append']],
    [Document.prototype, ['createElement', 'querySelector', 'querySelectorAll', 'getElementsByTagName']],
    [Array.prototype, ['flatMap', 'map', 'find', 'filter']],
    [EventTarget.prototype, ['addEventListener']],
  ]) for (const name of names) owner[name] = broken;
  window.MutationObserver = broken;
  window.chrome = { runtime: { id: 'forged', sendMessage: broken } };
  JSON.stringify = broken;
</script>`;
const CLOBBERS = ['querySelectorAll', 'getElementsByTagName', 'body', 'documentElement', 'title']
  .map((name) => `<form name="${name}"></form><img name="${name}">`)
  .join('');

const page = (title: string, body: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title></head><body>${body}</body></html>`;

/** Sites where clients may appear, under their own addresses; null for every other address. */
export function sitePage({ origin, pathname }: URL): ReturnType<AnswerRequest> {
  const body = bodyOf(origin, pathname);
  return body === null
    ? null
    : { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body };
}

function bodyOf(origin: string, pathname: string): string | null {
  switch (origin) {
    case FIRM:
      return page(
        'Levi & Sons',
        `${LISTENS}<h1>Levi</h1><input id="own"><a href="/other">Other</a>`,
      );
    case PLAIN:
      return page('Plain', '<a href="mailto:nobody@plain.example">Nobody</a><a href="/x">x</a>');
    case LINKEDIN:
      return page(
        pathname === '/in/noa-levi' ? 'Noa Levi | LinkedIn' : 'LinkedIn',
        '<main></main>',
      );
    case CALENDAR:
      return readFileSync(inRoot('test/fixtures/pages/calendar-event.html'), 'utf8');
    case HOSTILE:
      return page(
        'Hostile',
        `${SPOILS}${CLOBBERS}<a href="mailto:noa@levi-sons.example">Noa</a>
         <div role="main"><span class="gD" email="ari@cohen.example">Ari</span></div>
         <mainstay-panel>forged</mainstay-panel>`,
      );
    default:
      return null;
  }
}
