import { expect, onTestFinished, test } from 'vitest';
import styles from '../../../extension/ui/base.css?inline';

const LONG = {
  English: 'The first words of a summary that is far too long for the line it stands in',
  Hebrew: 'המילים הראשונות של סיכום שהוא ארוך מדי בשביל השורה שבה הוא עומד',
};

/** The text alone in a line that is too short for it, on a page of that direction. */
function clipped(direction: string, text: string): HTMLElement {
  const page = document.createElement('div');
  page.dir = direction;
  page.className = 'm';
  const sheet = document.createElement('style');
  sheet.textContent = styles;
  const line = document.createElement('p');
  line.className = 'clip';
  line.dir = 'auto';
  line.style.inlineSize = '120px';
  line.textContent = text;
  page.append(sheet, line);
  document.body.append(page);
  onTestFinished(() => page.remove());
  return line;
}

test.each([
  ['ltr', 'English'],
  ['ltr', 'Hebrew'],
  ['rtl', 'English'],
  ['rtl', 'Hebrew'],
] as const)(
  'on a page of direction %s a long line in %s keeps its beginning',
  (direction, language) => {
    const line = clipped(direction, LONG[language]);
    const first = document.createRange();
    const words = line.firstChild;
    if (!words) throw new Error('the line is empty');
    first.setStart(words, 0);
    first.setEnd(words, 1);
    const [box, letter] = [line.getBoundingClientRect(), first.getBoundingClientRect()];
    expect(line.scrollWidth).toBeGreaterThan(line.clientWidth);
    expect(letter.left).toBeGreaterThan(box.left - 1);
    expect(letter.right).toBeLessThan(box.right + 1);
  },
);

test.each([
  ['ltr', 'left'],
  ['rtl', 'right'],
] as const)('a short line stands where its neighbours do, %s', (direction, side) => {
  for (const text of ['Call', 'שיחה']) {
    const line = clipped(direction, text);
    const words = document.createRange();
    words.selectNodeContents(line);
    const [box, letters] = [line.getBoundingClientRect(), words.getBoundingClientRect()];
    expect(Math.abs(letters[side] - box[side])).toBeLessThan(1);
  }
});
