import { painted, seen } from './paint.ts';

/** In a page of the extension, from before its first script; from the start of the navigation. */
declare global {
  interface Window {
    /** When the first line of Today was painted. */
    firstLine: Promise<number>;
    /** The browser's own "first contentful paint", in which the compositor's part is counted too. */
    firstPaint: Promise<number>;
  }
}

const line = (): Element | null => document.querySelector('[data-part=today-line]');

window.firstLine = seen(document, line, 'a line of Today').then(painted);
window.firstLine.catch(() => undefined);

window.firstPaint = new Promise((resolve) => {
  const observer = new PerformanceObserver((list) => {
    const [entry] = list.getEntriesByName('first-contentful-paint');
    if (entry) resolve(entry.startTime);
  });
  observer.observe({ type: 'paint', buffered: true });
});
