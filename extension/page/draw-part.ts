import type { DrawPart } from '../panel/panel-tools.ts';

/** For a page of the extension: fetches what draws when it is first asked for. */
export const drawPart: DrawPart = async (...part) =>
  (await import('../panel/draw-part.tsx')).drawPart(...part);
