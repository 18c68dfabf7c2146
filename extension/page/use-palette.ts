import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';

interface UsedPalette<Props> {
  /** The page's palette while it is open. */
  readonly Palette: ComponentType<Props> | null;
  readonly open: () => void;
  readonly close: () => void;
}

const isMac = navigator.platform.startsWith('Mac');
export const PALETTE_KEY = isMac ? '⌘K' : 'Ctrl+K';

/** Opened by its key from anywhere on the page, and loaded when it first is: not every visit needs it. */
export function usePalette<Props>(load: () => Promise<ComponentType<Props>>): UsedPalette<Props> {
  const [Palette, setPalette] = useState<ComponentType<Props> | null>(null);
  const open = (): void => {
    void load().then((loaded) => setPalette(() => loaded));
  };
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.code !== 'KeyK' || !(isMac ? event.metaKey : event.ctrlKey)) return;
      // Otherwise the browser's address bar takes it.
      event.preventDefault();
      open();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
  return { Palette, open, close: () => setPalette(null) };
}
