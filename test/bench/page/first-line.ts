import { painted, seen } from './paint.ts';

export interface FirstLine {
  readonly paintedMs: number;
  /** The browser's own "first contentful paint", in which the compositor's part is counted too. */
  readonly firstPaintMs: number;
}

/** In the popup, from before its first script; from the start of the navigation. */
declare global {
  interface Window {
    firstLine: Promise<FirstLine>;
  }
}

const line = (): Element | null => document.querySelector('[data-part=today-line]');

const firstPaint = new Promise<number>((resolve) => {
  const observer = new PerformanceObserver((list) => {
    const [entry] = list.getEntriesByName('first-contentful-paint');
    if (entry) resolve(entry.startTime);
  });
  observer.observe({ type: 'paint', buffered: true });
});

window.firstLine = seen(document, line, 'a line of Today').then(async () => ({
  paintedMs: await painted(),
  firstPaintMs: await firstPaint,
}));
