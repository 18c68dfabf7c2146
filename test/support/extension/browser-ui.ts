import type { KeyInput, Page } from 'puppeteer-core';
import type { Panel } from '../panel.ts';

/** The popup, side panel or sidebar: outside of any tab, and driven alike in both browsers. */
export interface Surface extends Pick<Panel, 'waitUntilGone' | 'click' | 'text' | 'has'> {
  waitFor(selector: string): Promise<void>;
  /** Puts the text into a field, as if it had been typed. */
  fill(selector: string, text: string): Promise<void>;
  /** Presses a key where the focus is. */
  press(key: KeyInput): Promise<void>;
}

export interface SidePanel extends Surface {
  close(): Promise<void>;
}

/** What a person does in the browser's own window, outside of any page. */
export interface BrowserUi {
  /** A click on our button in the toolbar, with this tab in front. */
  openPopup(front: Page): Promise<Surface>;
  /** Yes to the question that the browser asks in its own window. */
  allow(): Promise<void>;
  /** Once it has been opened. */
  sidePanel(): Promise<SidePanel>;
  /** What the address bar offers while a line with our keyword is typed: the text after it. */
  suggestions(text: string): Promise<readonly string[]>;
  /** Enter in the address bar. */
  enter(text: string): Promise<void>;
  /** A keyboard shortcut of the extension's, by its command and the suggested letter. */
  shortcut(command: string, letter: string): Promise<void>;
}
