import { render, type ComponentChild } from 'preact';
import { PANEL } from '../sites/own-elements.ts';

export interface PanelHost {
  readonly element: HTMLElement;
  render(view: ComponentChild, styles: string): void;
  /** Puts the element into the page; until then the page has nothing of ours. */
  attach(): void;
  remove(): void;
}

/** A fixed element of our own on the page, with a shadow root that the page's styles do not reach. */
export function createHost(document: Document): PanelHost {
  // Firefox ends our script when the extension is updated and starts the new one in the open page;
  // what the old one has put there is still to be seen, and dead.
  for (const stale of document.querySelectorAll(PANEL)) stale.remove();
  const element = document.createElement(PANEL);
  const root = element.attachShadow({ mode: 'open' });
  const style = document.createElement('style');
  const container = document.createElement('div');
  root.append(style, container);
  return {
    element,
    render(view, styles) {
      style.textContent = styles;
      render(view, container);
    },
    attach() {
      if (!element.isConnected) document.body.append(element);
    },
    remove() {
      render(null, container);
      element.remove();
    },
  };
}
