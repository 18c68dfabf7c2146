import type { browser } from 'wxt/browser';

/** Where the handle stands on the pages of one host. */
export interface HandlePlace {
  /** In the page's own direction. */
  readonly side: 'start' | 'end';
  /** From the top, as a share of the window's height. */
  readonly share: number;
  readonly isHidden: boolean;
}

export const USUAL_PLACE: HandlePlace = { side: 'end', share: 0.3, isHidden: false };

type Area = Pick<typeof browser.storage.local, 'get' | 'set' | 'remove'>;

/** On this device only: a window of another size has its own best place. */
const keyOf = (host: string): string => `handle:${host}`;

export async function readPlace(area: Area, host: string): Promise<HandlePlace> {
  const stored = await area.get(keyOf(host));
  return placeFrom(stored[keyOf(host)]);
}

export async function writePlace(area: Area, host: string, place: HandlePlace): Promise<void> {
  await area.set({ [keyOf(host)]: place });
}

export async function forgetPlace(area: Area, host: string): Promise<void> {
  await area.remove(keyOf(host));
}

const STEP = 0.05;
const [HIGHEST, LOWEST] = [0.02, 0.9];

/** One press of an arrow key; null for any other key. */
export function placeByKey(
  place: HandlePlace,
  key: string,
  isRightToLeft: boolean,
): HandlePlace | null {
  switch (key) {
    case 'ArrowUp':
      return { ...place, share: withinWindow(place.share - STEP) };
    case 'ArrowDown':
      return { ...place, share: withinWindow(place.share + STEP) };
    case 'ArrowLeft':
      return { ...place, side: isRightToLeft ? 'end' : 'start' };
    case 'ArrowRight':
      return { ...place, side: isRightToLeft ? 'start' : 'end' };
    default:
      return null;
  }
}

/** Where it is let go: at the nearer edge. All in CSS pixels. */
export function placeByPointer(
  place: HandlePlace,
  at: { readonly x: number; readonly y: number },
  window: { readonly width: number; readonly height: number },
  isRightToLeft: boolean,
): HandlePlace {
  const isLeft = at.x < window.width / 2;
  return {
    ...place,
    side: isLeft === isRightToLeft ? 'end' : 'start',
    share: withinWindow(at.y / Math.max(1, window.height)),
  };
}

const withinWindow = (share: number): number => Math.min(LOWEST, Math.max(HIGHEST, share));

/** Anything else that stands there is of another version: the usual place. */
function placeFrom(stored: unknown): HandlePlace {
  if (typeof stored !== 'object' || stored === null) return USUAL_PLACE;
  const side = 'side' in stored && stored.side === 'start' ? 'start' : 'end';
  const share =
    'share' in stored && typeof stored.share === 'number' && Number.isFinite(stored.share)
      ? withinWindow(stored.share)
      : USUAL_PLACE.share;
  return { side, share, isHidden: 'isHidden' in stored && stored.isHidden === true };
}
