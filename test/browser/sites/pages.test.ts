import { expect, test } from 'vitest';
import { readEvent } from '../../../extension/sites/calendar/calendar.ts';
import { calendarRules } from '../../../extension/sites/calendar/rules.ts';
import { readPage } from '../../../extension/sites/page/sites.ts';
import type { Snapshot } from '../../../extension/sites/snapshot.ts';
import { openBody, openFixture } from './site-frame.ts';

const CALENDAR = 'https://calendar.google.com/calendar/u/0/r/week';
const FIRM = 'https://www.levi-sons.example/contact?session=secret#top';

async function read(fixture: string, url: string): Promise<Snapshot | null> {
  const { document } = await openFixture(fixture);
  return readPage({ document, url: new URL(url) });
}

const addresses = (snapshot: Snapshot | null): string[] =>
  snapshot?.people.map(({ address }) => address) ?? [];

test('an event of the calendar: its guests, its title, its day off the grid', async () => {
  expect(await read('calendar-event', CALENDAR)).toEqual({
    host: 'google-calendar',
    account: null,
    layout: 'event',
    threadId: 'cGhhc2UydGFsayBtaXJh',
    threadUrl: null,
    subject: 'Phase 2 & the quote',
    lastMessage: {
      id: 'cGhhc2UydGFsayBtaXJh',
      from: null,
      dateText: 'יום שלישי, 23 בנובמבר⋅10:00 – 11:00',
    },
    people: [
      { address: 'mira@lantern-works.example', name: '', role: 'mentioned' },
      { address: 'noa@levi-sons.example', name: 'Noa Levi', role: 'mentioned' },
      { address: 'room-4@resource.calendar.example', name: 'Room 4', role: 'mentioned' },
    ],
    day: '2026-11-23',
    confidence: 'high',
    via: { bubble: 'xDetDlg', guests: 'data-email', title: 'rAECCd', time: 'xDetDlgWhen' },
  });
});

test('an older bubble is read as well, and its day is left unknown', async () => {
  const snapshot = await read('calendar-plain-guests', CALENDAR);
  expect(addresses(snapshot)).toEqual(['noa@levi-sons.example']);
  expect(snapshot).not.toHaveProperty('day');
});

test('a bubble that was closed is nobody', async () => {
  expect(await read('calendar-closed', CALENDAR)).toBeNull();
});

test.each(
  Object.entries(calendarRules).flatMap(([question, rules]) =>
    rules.map(({ name }) => ({ question, name })),
  ),
)('without the rule $name of the $question some event is misread', async ({ question, name }) => {
  const rules = {
    ...calendarRules,
    [question]: Reflect.get(calendarRules, question).filter(
      (rule: { readonly name: string }) => rule.name !== name,
    ),
  };
  let isMisread = false;
  for (const fixture of ['calendar-event', 'calendar-plain-guests']) {
    const { document } = await openFixture(fixture);
    const page = { document, url: new URL(CALENDAR) };
    const [whole, without] = [readEvent(page, calendarRules), readEvent(page, rules)];
    isMisread ||=
      JSON.stringify({ ...whole, via: null }) !==
      JSON.stringify(without && { ...without, via: null });
  }
  expect(isMisread).toBe(true);
});

test.each([
  'https://calendar.google.com.evil.example/calendar/r/week',
  'https://notcalendar.google.com/',
  'http://intranet/calendar.google.com',
])('what imitates the calendar on %s is read as any page', async (url) => {
  const snapshot = await read('calendar-event', url);
  expect(snapshot?.host).toBe('web');
  expect(addresses(snapshot)).toEqual(['stranger@elsewhere.example']);
});

test('what imitates Gmail elsewhere is nobody', async () => {
  const { document } = await openBody(
    `<div role="main"><h2 class="hP" data-legacy-thread-id="19fa0">x</h2>
     <span class="gD" email="noa@levi-sons.example" name="Noa">Noa</span>
     <table gh="tl"><tr class="zA"><td><span email="noa@levi-sons.example">Noa</span></td></tr></table></div>`,
  );
  expect(readPage({ document, url: new URL('http://localhost/') })).toBeNull();
});

test('a person of Google Contacts: what can be seen, not who was seen before', async () => {
  const snapshot = await read('contacts-person', 'https://contacts.google.com/u/1/person/c4711');
  expect(snapshot).toMatchObject({
    host: 'google-contacts',
    threadId: 'c4711',
    people: [{ address: 'noa@levi-sons.example', name: '', role: 'mentioned' }],
    clues: { phones: ['+972541234567'], domain: null },
  });
});

test('the list of Google Contacts is about nobody', async () => {
  expect(await read('contacts-person', 'https://contacts.google.com/label/x')).toBeNull();
});

test('a ticket: who asks comes first', async () => {
  const snapshot = await read('ticket', 'https://lantern.desk.example/agent/tickets/4711?brand=1');
  expect(snapshot).toMatchObject({
    host: 'help-desk',
    threadId: 'lantern.desk.example:4711',
    threadUrl: 'https://lantern.desk.example/agent/tickets/4711',
    subject: '#4711 The sign does not light up',
    clues: { phones: ['0541234567'] },
  });
  expect(addresses(snapshot)).toEqual(['noa@levi-sons.example', 'ari@cohen.example']);
});

test('any page: whom it offers to write to and to call, and whose site it is', async () => {
  const snapshot = await read('web', FIRM);
  expect(addresses(snapshot)).toEqual(['noa@levi-sons.example', 'ari@cohen.example']);
  expect(snapshot).toMatchObject({
    host: 'web',
    layout: 'page',
    // Neither the query nor what follows it is kept.
    threadUrl: 'https://www.levi-sons.example/contact',
    clues: { profiles: [], phones: ['00972541234567'], domain: 'levi-sons.example' },
  });
});

test('an address in the selection comes before every link', async () => {
  const { document, window } = await openFixture('web');
  const words = document.querySelector('#words');
  if (words) window.getSelection()?.selectAllChildren(words);
  const snapshot = readPage({ document, url: new URL(FIRM) });
  expect(snapshot?.layout).toBe('selection');
  expect(addresses(snapshot).slice(0, 2)).toEqual([
    'otto@brandt-metall.example',
    'ida@brandt-metall.example',
  ]);
});

test.each([
  ['http://192.168.0.7/', null],
  ['http://intranet/', null],
  ['http://[2001:db8::1]/', null],
  ['https://shop.levi-sons.example./', 'shop.levi-sons.example'],
  ['https://xn--4dbcagdahymbxekheh6e0a7fei0b.example/', 'xn--4dbcagdahymbxekheh6e0a7fei0b.example'],
])('the site of %s belongs to %s', async (url, domain) => {
  const { document } = await openBody('');
  expect(readPage({ document, url: new URL(url) })?.clues?.domain ?? null).toBe(domain);
});

test.each([
  ['(3) Anna Virtanen | LinkedIn', 'Anna Virtanen'],
  ['Anna Virtanen - Head of Design - Brandt | LinkedIn', 'Anna Virtanen'],
  ['Anna-Liisa Virtanen – Brandt | LinkedIn', 'Anna-Liisa Virtanen'],
  ['נועה לוי | LinkedIn', 'נועה לוי'],
  ['LinkedIn', ''],
])('a profile titled "%s" is of "%s"', async (title, name) => {
  const { document } = await openBody(
    '<h1>Not her name</h1><a href="mailto:not@hers.example">x</a>',
    title,
  );
  const url = new URL('https://www.linkedin.com/in/Anna-Virtanen/?trk=x');
  expect(readPage({ document, url })).toMatchObject({
    host: 'linkedin',
    layout: 'profile',
    threadId: 'linkedin:anna-virtanen',
    threadUrl: 'https://www.linkedin.com/in/Anna-Virtanen/',
    people: [],
    personName: name,
    clues: { profiles: ['linkedin:anna-virtanen'], phones: [], domain: null },
    confidence: name === '' ? 'low' : 'high',
  });
});

test('of LinkedIn nothing but profiles is read', async () => {
  const { document } = await openBody('<a href="mailto:noa@levi-sons.example">x</a>', 'LinkedIn');
  expect(readPage({ document, url: new URL('https://www.linkedin.com/feed/') })).toBeNull();
});
