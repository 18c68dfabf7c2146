const CARD_WIDTH_PX = 320;
const GAP_PX = 8;
/** Above this share of the window the card hangs below the mark, else it stands above it. */
const UPPER_SHARE = 0.55;

export interface Viewport {
  readonly width: number;
  readonly height: number;
  readonly isRightToLeft: boolean;
}

type Box = Pick<DOMRectReadOnly, 'left' | 'right' | 'top' | 'bottom'>;

/** Below or above a mark, its start at the mark's start, inside the window. */
export function placeByMark({ left, right, top, bottom }: Box, view: Viewport): string {
  const start = view.isRightToLeft ? view.width - right : left;
  const fitting = Math.max(GAP_PX, Math.min(start, view.width - CARD_WIDTH_PX - 2 * GAP_PX));
  const isBelow = bottom < view.height * UPPER_SHARE;
  const edge = isBelow
    ? `inset-block-start:${bottom + 2}px`
    : `inset-block-end:${view.height - top + 2}px`;
  const room = (isBelow ? view.height - bottom : top) - GAP_PX;
  return `inset:auto;inset-inline-start:${fitting}px;${edge};--room:${room}px`;
}

/** At the side of the editor's window where the page begins; null where there is no room for it. */
export function placeByDraft({ left, right }: Box, view: Viewport): string | null {
  const free = view.isRightToLeft ? view.width - right : left;
  if (free < CARD_WIDTH_PX + 2 * GAP_PX) return null;
  const room = view.height - 2 * GAP_PX;
  return `inset:auto;inset-inline-end:${view.width - free + GAP_PX}px;inset-block-end:${GAP_PX}px;--room:${room}px`;
}
