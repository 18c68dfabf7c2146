import { expect, test } from 'vitest';
import {
  placeByKey,
  placeByPointer,
  readPlace,
  USUAL_PLACE,
} from '../../../extension/features/sites/handle-place.ts';
import { siteOf, sitesAmong } from '../../../extension/features/sites/site-of.ts';

const WINDOW = { width: 1000, height: 800 };

test.each([
  ['ArrowLeft', false, 'start'],
  ['ArrowRight', false, 'end'],
  ['ArrowLeft', true, 'end'],
  ['ArrowRight', true, 'start'],
] as const)('%s puts the handle at the edge it points to (right to left: %s)', (key, rtl, side) => {
  expect(placeByKey(USUAL_PLACE, key, rtl)?.side).toBe(side);
});

test('the arrows keep the handle in the window, and other keys do nothing', () => {
  let place = USUAL_PLACE;
  for (let turn = 0; turn < 40; turn++) place = placeByKey(place, 'ArrowDown', false) ?? place;
  expect(place.share).toBeLessThan(1);
  for (let turn = 0; turn < 80; turn++) place = placeByKey(place, 'ArrowUp', false) ?? place;
  expect(place.share).toBeGreaterThan(0);
  expect(placeByKey(place, 'Enter', false)).toBeNull();
});

test.each([
  [100, false, 'start'],
  [900, false, 'end'],
  [100, true, 'end'],
  [900, true, 'start'],
] as const)('let go at %i px it goes to the nearer edge (right to left: %s)', (x, rtl, side) => {
  expect(placeByPointer(USUAL_PLACE, { x, y: 400 }, WINDOW, rtl)).toEqual({
    side,
    share: 0.5,
    isHidden: false,
  });
});

test.each([
  null,
  'x',
  [],
  { side: 'top', share: Number.NaN, isHidden: 'yes' },
  { side: 3, share: '0.5' },
])('what stands there of another version (%j) is the usual place', async (stored) => {
  const area = {
    get: () => Promise.resolve({ 'handle:x.example': stored }),
    set: () => Promise.resolve(),
    remove: () => Promise.resolve(),
  };
  expect(await readPlace(area, 'x.example')).toEqual(USUAL_PLACE);
});

const MAIL = ['https://mail.google.com/*'];

test.each([
  ['https://www.levi.example:8443/a?b#c', 'https://www.levi.example/*'],
  ['http://levi.example/', 'http://levi.example/*'],
  ['https://mail.google.com/mail/u/0/', null],
  ['chrome://extensions', null],
  ['file:///notes.html', null],
  ['not an address', null],
  [undefined, null],
])('the site of %s is asked for as %s', (address, pattern) => {
  expect(siteOf(address, MAIL)?.pattern ?? null).toBe(pattern);
});

test('the list of sites is what the user allowed, without the mail', () => {
  const origins = ['https://z.example/*', ...MAIL, 'https://a.example/*'];
  expect(sitesAmong(origins, MAIL).map(({ host }) => host)).toEqual(['a.example', 'z.example']);
});
