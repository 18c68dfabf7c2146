import { MARK } from '../own-elements.ts';
import type { ListRow } from './read-list.ts';

/** How a mark looks; what it means is not this file's business. */
export interface MarkLook {
  /** In a field of 12 by 12. */
  readonly path: string;
  readonly colour: string;
  /** A dot at the mark's corner, or null. */
  readonly dot: string | null;
  /** All that it says, for who cannot see it: a mark with the same label is the same mark. */
  readonly label: string;
}

/**
 * Out of the flow and without insets, it stands where it would stand and takes no room: nothing in
 * the row moves. The gap before the people is as wide as the mark; a click on it is a click on the
 * row.
 */
const STYLE =
  'all:initial;position:absolute;inline-size:12px;block-size:20px;margin-inline-start:-13px;' +
  'display:grid;place-content:center;cursor:inherit;z-index:1';
const SVG = 'http://www.w3.org/2000/svg';
/** What is pointed at is the mark, not a line of its drawing. */
const SVG_STYLE = 'inline-size:10px;overflow:visible;pointer-events:none';
/** At the corner of the field. */
const DOT = 'M9 0a3 3 0 1 0 6 0a3 3 0 1 0-6 0';

/** Long enough for what a screen shows, short enough for no frame to be late by it. */
const SLICE_MS = 8;
/** What a row was given; it is another row when something in it has changed. */
const drawn = new WeakMap<ListRow, MarkLook | null>();

/**
 * One small element before the people of each row whose client is known. Gmail draws its rows anew
 * whenever it likes, so a row that has changed is looked at for what stands in it.
 *
 * @param onCut when rows are left for another time
 */
export function drawMarks(
  rows: readonly ListRow[],
  lookOf: (row: ListRow) => MarkLook | null,
  onCut = (): void => {},
): void {
  // From the first row on that is drawn: each slice gets somewhere.
  let until = Number.POSITIVE_INFINITY;
  const isBare = !rows[0]?.element.ownerDocument.querySelector(MARK);
  for (const row of rows) {
    const look = lookOf(row);
    if (drawn.get(row) === look || (isBare && !look)) continue;
    const now = performance.now();
    if (now > until) {
      onCut();
      break;
    }
    until = Math.min(until, now + SLICE_MS);
    drawMark(row, look);
    drawn.set(row, look);
  }
}

function drawMark({ element, cell }: ListRow, look: MarkLook | null): void {
  const standing = [...element.querySelectorAll<HTMLElement>(MARK)];
  const kept = standing.find((mark) => mark.parentNode === cell && mark.ariaLabel === look?.label);
  for (const mark of standing) if (mark !== kept) mark.remove();
  if (look && !kept) {
    place(element);
    cell.prepend(newMark(element.ownerDocument, look));
  }
  if (!look && standing[0]) takeBack(element);
}

/**
 * A list that scrolls clips only what is placed by something inside it; this moves nothing. Once for
 * all rows, since each that is placed by itself is drawn by itself. By table, whether it was us.
 */
const placed = new WeakMap<HTMLElement, boolean>();

function place(row: HTMLElement): void {
  const table = row.closest('table');
  if (!table || placed.has(table)) return;
  const isFree = getComputedStyle(table).position === 'static';
  placed.set(table, isFree);
  if (isFree) table.style.position = 'relative';
}

function takeBack(within: Element | null): void {
  const table = within?.closest('table');
  if (!table || table.querySelector(MARK)) return;
  if (placed.get(table)) table.style.position = '';
  if (table.getAttribute('style') === '') table.removeAttribute('style');
  placed.delete(table);
}

/** The rows as they were. */
export function removeMarks(document: Document): void {
  for (const mark of document.querySelectorAll(MARK)) {
    const cell = mark.parentElement;
    mark.remove();
    takeBack(cell);
  }
}

function newMark(document: Document, { path, colour, dot, label }: MarkLook): HTMLElement {
  const mark = document.createElement(MARK);
  mark.style.cssText = STYLE;
  mark.role = 'img';
  mark.ariaLabel = label;
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 12 12');
  svg.style.cssText = SVG_STYLE;
  for (const [d, fill] of [
    [path, colour],
    [DOT, dot],
  ] as const) {
    if (fill === null) continue;
    const shape = document.createElementNS(SVG, 'path');
    shape.setAttribute('d', d);
    shape.setAttribute('fill', fill);
    svg.append(shape);
  }
  mark.append(svg);
  return mark;
}
