import { describe, expect, test } from 'vitest';
import { anonymise } from '../../support/fixture/anonymise.ts';
import { toHtml } from '../../support/fixture/to-html.ts';
import { captures } from './captures.ts';
import { fixture, fixtureNames } from './gmail-frame.ts';
import { gmailRules, readAll } from './read-fixture.ts';

const parse = (html: string): Document => new DOMParser().parseFromString(html, 'text/html');

function made(html: string): Document {
  const document = parse(html);
  anonymise(document);
  return parse(toHtml(document, 'made'));
}

/** Elements with classes, roles and the names of attributes, in their order. */
const structure = (document: Document): string[] =>
  [...document.body.querySelectorAll('*')]
    .filter((element) => !element.closest('svg') && !element.matches('script, style'))
    .map((element) => {
      const names = element.getAttributeNames().filter((name) => !name.startsWith('on'));
      return `${element.localName}.${element.getAttribute('class')} ${names.sort().join(' ')}`;
    });

/** Every address, and every word that is long enough to be nobody else's by chance. */
function tellTales(document: Document): string[] {
  const texts = [document.documentElement.textContent];
  for (const element of document.querySelectorAll('*')) {
    for (const name of ['email', 'name', 'title', 'data-name', 'data-hovercard-id', 'aria-label']) {
      const isField =
        element.matches('input, textarea') ||
        /^(?:to|cc|bcc)$/.test(element.getAttribute(name) ?? '');
      if (!isField) texts.push(element.getAttribute(name) ?? '');
    }
  }
  const text = texts.join(' ').toLowerCase();
  const found = [...(text.match(/\S+@\S+/g) ?? []), ...(text.match(/\p{L}{7,}/gu) ?? [])];
  // The domain that belongs to nobody is the one that everybody is given.
  return [...new Set(found)].filter((word) => word !== 'example');
}

/** What the reading itself says; everything else in it was the page's. */
const OURS =
  /^(?:thread|single-message|reading-pane|pop-out|none|unreadable|sender|error|high|low|window|in the page|undefined|)$/;

/** What was read, with everybody and everything by number: equal for a page and its anonymised self. */
function shape(reading: unknown): unknown {
  const seen = new Map<string, number>();
  const number = (text: string): number | string => {
    if (OURS.test(text)) return text;
    seen.set(text, seen.get(text) ?? seen.size);
    return seen.get(text) ?? 0;
  };
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value === 'string') {
      const [, role, address, name] =
        /^(sender|recipient|cc|mentioned) (\S+) ?(.*)$/.exec(value) ?? [];
      return role && address ? [role, number(address), number(name ?? '')] : number(value);
    }
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, walk(each)]));
  };
  return walk(reading);
}

const pages = [
  ...fixtureNames.map((name) => [name, fixture(name)] as const),
  ...captures().map(([name, html]) => [`the capture ${name}`, html] as const),
];

describe('an anonymised page', () => {
  test.each(pages)('keeps the structure of %s', (_name, html) => {
    expect(structure(made(html))).toEqual(structure(parse(html)));
  });

  test.each(pages)('says nothing that %s said', (_name, html) => {
    const original = parse(html);
    for (const element of original.querySelectorAll('script, style')) element.remove();
    const result = made(html).documentElement;
    const said = [result.textContent, ...[...result.querySelectorAll('*')].flatMap(valuesOf)];
    const text = said.join('\n').toLowerCase();
    const kept = tellTales(original).filter((word) => text.includes(word));
    expect(kept).toEqual([]);
  });

  test.each(pages)('is read as %s was, with others in it', (_name, html) => {
    const [before, after] = [parse(html), made(html)];
    expect(shape(readAll(after, gmailRules))).toEqual(shape(readAll(before, gmailRules)));
  });

  test('has no script, no style sheet, no handler, no picture from elsewhere and no comment', () => {
    const document = made(
      '<!-- Jane --><body onload="x()"><script>jane()</script><style>.jane{}</style>' +
        '<img src="https://tracker.example/jane?x=1" onerror="x()"><a href="https://corp.example/jane">x</a>' +
        '<a href="mailto:jane@corp.example?subject=Salary">x</a><div style="color: red; display: none" jslog="secret">x</div>',
    );
    expect(document.body.getAttributeNames()).toEqual([]);
    expect(document.querySelectorAll('script, style')).toHaveLength(0);
    const html = toHtml(document, 'made');
    expect(html).not.toMatch(/jane|salary|secret|tracker|corp|color|onerror/i);
    expect(html).toContain('style="display: none"');
    expect(html).toContain('href="mailto:person1@company1.example"');
  });

  test('calls the same person the same throughout, and keeps each script and its digits', () => {
    const document = made(
      '<b email="dana@x.example" name="דנה">דנה</b><i email="DANA@x.example">۲۰۲۵ Ольга 你好</i>',
    );
    const [first, second] = document.body.children;
    expect(first?.getAttribute('email')).toBe(second?.getAttribute('email'));
    expect(first?.getAttribute('name')).toBe(first?.textContent);
    expect(first?.textContent).toMatch(/^\p{Script=Hebrew}{3}$/u);
    expect(second?.textContent).toMatch(/^۱{4} \p{Script=Cyrillic}{5} \p{Script=Han}{2}$/u);
  });
});

const valuesOf = (element: Element): string[] =>
  element
    .getAttributeNames()
    .filter((name) => name !== 'class')
    .map((name) => element.getAttribute(name) ?? '');
