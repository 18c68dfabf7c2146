import { openSidePanel } from '../../page/open-side-panel.ts';

/** The popup goes when its successor is there. */
export function showSidePanel(windowId: number): void {
  void openSidePanel(windowId).then(() => window.close());
}
