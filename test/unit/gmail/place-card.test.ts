import { describe, expect, it } from 'vitest';
import { placeByDraft, placeByMark } from '../../../extension/sites/gmail/place-card.ts';

const view = { width: 1200, height: 800, isRightToLeft: false };
const hebrew = { ...view, isRightToLeft: true };
const mark = { left: 240, right: 252, top: 100, bottom: 120 };

describe('the card of a mark', () => {
  it('hangs below the mark, from where it begins', () => {
    expect(placeByMark(mark, view)).toBe(
      'inset:auto;inset-inline-start:240px;inset-block-start:122px;--room:672px',
    );
  });

  it('stands above a mark in the lower part of the window', () => {
    const low = { ...mark, top: 700, bottom: 720 };
    expect(placeByMark(low, view)).toContain('inset-block-end:102px;--room:692px');
  });

  it('begins at the right where the page does', () => {
    const right = { left: 948, right: 960, top: 100, bottom: 120 };
    expect(placeByMark(right, hebrew)).toContain('inset-inline-start:240px');
  });

  it.each([1190, 1000, -40])('stays inside the window for a mark at %d', (left) => {
    const place = placeByMark({ ...mark, left, right: left + 12 }, view);
    const start = Number(/inline-start:(-?[\d.]+)px/.exec(place)?.[1]);
    expect(start).toBeGreaterThanOrEqual(8);
    expect(start + 320).toBeLessThanOrEqual(1200);
  });
});

describe('the card of a draft', () => {
  const dialog = { left: 600, right: 1150, top: 300, bottom: 800 };

  it('stands beside the editor, not over it', () => {
    expect(placeByDraft(dialog, view)).toContain('inset-inline-end:608px');
  });

  it('stands at the other side in a page from right to left', () => {
    const place = placeByDraft({ ...dialog, left: 50, right: 600 }, hebrew);
    expect(place).toContain('inset-inline-end:608px');
  });

  it('takes the usual place where there is no room beside the editor', () => {
    expect(placeByDraft({ ...dialog, left: 100 }, view)).toBeNull();
  });
});
