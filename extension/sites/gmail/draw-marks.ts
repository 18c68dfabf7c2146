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
  'display:flex;align-items:center;justify-content:center;cursor:inherit;z-index:1';
const SVG = 'http://www.w3.org/2000/svg';

/**
 * One small element before the people of each row whose client is known. Gmail draws its rows anew
 * whenever it likes, so each row is looked at for what stands in it, and nothing is kept of it.
 *
 * @returns whether anything was changed
 */
export function drawMarks(
  rows: readonly ListRow[],
  lookOf: (row: ListRow) => MarkLook | null,
): boolean {
  let hasChanged = false;
  const isPlaced = rows[0] !== undefined && isPlacedByPage(rows[0].element);
  for (const row of rows) {
    const standing = [...row.element.querySelectorAll(MARK)];
    const look = lookOf(row);
    const kept = standing.find(
      (mark) => mark.parentNode === row.cell && mark.getAttribute('aria-label') === look?.label,
    );
    for (const mark of standing) if (mark !== kept) mark.remove();
    if (look && !kept) row.cell.prepend(newMark(row.element.ownerDocument, look));
    if (!look) takeBack(row.element);
    else if (!kept && !isPlaced) place(row.element);
    hasChanged ||= standing.length !== (look ? 1 : 0) || (look !== null && !kept);
  }
  return hasChanged;
}

/** A list that scrolls clips only what is placed by something inside it; this moves nothing. */
const placed = new WeakSet<HTMLElement>();

const isPlacedByPage = (row: HTMLElement): boolean =>
  !placed.has(row) && row.ownerDocument.defaultView?.getComputedStyle(row).position !== 'static';

function place(row: HTMLElement): void {
  row.style.position = 'relative';
  placed.add(row);
}

function takeBack(row: HTMLElement): void {
  if (!placed.delete(row)) return;
  row.style.removeProperty('position');
  if (row.getAttribute('style') === '') row.removeAttribute('style');
}

/** The rows as they were. */
export function removeMarks(document: Document): void {
  for (const mark of document.querySelectorAll(MARK)) {
    for (let around = mark.parentElement; around; around = around.parentElement) takeBack(around);
    mark.remove();
  }
}

function newMark(document: Document, { path, colour, dot, label }: MarkLook): HTMLElement {
  const mark = document.createElement(MARK);
  mark.style.cssText = STYLE;
  mark.setAttribute('role', 'img');
  mark.setAttribute('aria-label', label);
  const svg = svgElement('svg', { width: '10', height: '10', viewBox: '0 0 12 12' });
  // What is pointed at is the mark, not a line of its drawing.
  svg.style.cssText = 'flex:none;overflow:visible;pointer-events:none';
  svg.append(svgElement('path', { d: path, fill: colour }));
  if (dot !== null) svg.append(svgElement('circle', { cx: '12', cy: '0', r: '3', fill: dot }));
  mark.append(svg);
  return mark;

  function svgElement(name: string, attributes: Readonly<Record<string, string>>): SVGElement {
    const element = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  }
}
