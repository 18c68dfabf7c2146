import { expect, test } from 'vitest';
import { isSamePhone, phoneKey } from '../../../shared/rules/phone.ts';
import { profileOf } from '../../../shared/rules/profile.ts';
import { dayOfDateKey } from '../../../extension/sites/calendar/date-key.ts';
import { ticketOf } from '../../../extension/sites/help-desk/help-desk.ts';
import { addressesInText, addressesOfMailto } from '../../../extension/sites/page/addresses.ts';

test.each([
  ['+972 54-123-4567', '054 123 4567'],
  ['00972541234567', '+972541234567'],
  ['+44 (0)20 7946 0000', '020 7946 0000'],
  ['+1 (212) 555-0100', '212 555 0100'],
  ['+358 40 123 4567;ext=3', '040-1234567'],
  ['\u202a+972\u2011541234567', '0541234567'],
])('%s and %s are one number, found by one key', (one, other) => {
  expect(isSamePhone(one, other)).toBe(true);
  expect(isSamePhone(other, one)).toBe(true);
  expect(phoneKey(one)).toBe(phoneKey(other));
});

test.each([
  ['+1 212 555 0100', '+1 312 555 0100'],
  ['212 555 0100', '312 555 0100'],
  ['+49 30 1234567', '+43 30 1234567'],
  ['112', '112'],
  ['call me', 'call me'],
])('%s and %s are not', (one, other) => {
  expect(isSamePhone(one, other)).toBe(false);
});

test.each(['', '112', '12345', 'noa@levi.example', '1'.repeat(30), '+1-800-FLOWERS'])(
  '"%s" is nobody’s number',
  (text) => {
    expect(phoneKey(text)).toBeNull();
  },
);

test.each([
  ['https://www.linkedin.com/in/Anna-Virtanen/', 'linkedin:anna-virtanen'],
  ['https://fi.linkedin.com/in/anna-virtanen?x=1#y', 'linkedin:anna-virtanen'],
  ['https://linkedin.com/in/%D7%A0%D7%95%D7%A2%D7%94-12/details/experience/', 'linkedin:נועה-12'],
  ['https://www.linkedin.com/in/', null],
  ['https://www.linkedin.com/company/brandt', null],
  ['https://www.linkedin.com/in/%3Cimg%20src=x%3E', null],
  ['https://www.linkedin.com.evil.example/in/anna', null],
  ['https://evil.example/linkedin.com/in/anna', null],
  ['http://www.linkedin.com/in/anna', null],
])('%s is the profile %s', (url, profile) => {
  expect(profileOf(new URL(url))).toBe(profile);
});

test.each([
  ['29047', '2026-11-23'],
  ['29055', null],
  ['29024', null],
  ['2026-11-23', null],
  ['99999999', null],
  ['', null],
])('the calendar’s column %s is %s', (key, day) => {
  expect(dayOfDateKey(key)).toBe(day);
});

test.each([
  ['https://lantern.zendesk.com/agent/tickets/4711', '4711', 'agent-tickets'],
  ['https://support.lantern.example/agent/tickets/9/related', '9', 'agent-tickets'],
  ['https://lantern.freshdesk.com/a/tickets/12', '12', 'freshdesk'],
  ['https://secure.helpscout.net/conversation/77/8?x', '77', 'helpscout'],
  ['https://help.lantern.example/#ticket/zoom/5', '5', 'zammad'],
])('%s is ticket %s', (url, id, via) => {
  expect(ticketOf(new URL(url))).toEqual({ id, via });
});

test.each([
  'https://lantern.example/a/tickets/12',
  'https://lantern.example/agent/tickets/new',
  'https://lantern.example/shop/agent/tickets/3',
])('%s is no ticket', (url) => {
  expect(ticketOf(new URL(url))).toBeNull();
});

test.each([
  ['mailto:Noa@Levi.example', ['noa@levi.example']],
  [
    'mailto:a@x.example,b%40y.example?cc=c@z.example&to=d@w.example&bcc=e@v.example',
    ['a@x.example', 'b@y.example', 'c@z.example', 'd@w.example'],
  ],
  ['mailto:Noa%20Levi%20%3Cnoa@levi.example%3E', ['noa@levi.example']],
  ["mailto:o'neil@levi.example", ["o'neil@levi.example"]],
  [`mailto:${' '.repeat(3000)}a@x.example`, []],
  ['https://x.example/?mailto:a@x.example', []],
  ["mailto:'noa@levi.example'", ['noa@levi.example']],
  ['mailto:', []],
])('the link %j is to %j', (href, found) => {
  expect(addressesOfMailto(href)).toEqual(found);
});

test('text without end is read in one pass', () => {
  expect(addressesInText(`${'a'.repeat(100_000)}@${'@'.repeat(100_000)}`)).toEqual([]);
});
