import { painted, seen } from './paint.ts';

/** In the popup, from before its first script: when its first line was painted, from navigation start. */
declare global {
  interface Window {
    firstLine: Promise<{ readonly shownMs: number; readonly paintedMs: number }>;
  }
}

const line = (): number | null =>
  document.querySelector('[data-part=today-line]') ? performance.now() : null;

window.firstLine = seen(document, line, 'a line of Today').then(async (shownMs) => ({
  shownMs,
  paintedMs: await painted(),
}));
