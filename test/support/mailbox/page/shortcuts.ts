export interface ShortcutHooks {
  readonly onCompose: () => void;
  readonly onReply: () => void;
  readonly onArchive: () => void;
  readonly onNext: () => void;
  readonly onPrevious: () => void;
  readonly onOpen: () => void;
  readonly onBack: () => void;
  readonly onSearch: () => void;
}

declare global {
  interface Window {
    /** Every shortcut that fired, in order: tests read it to prove that typing fires none. */
    __shortcuts?: string[];
  }
}

/**
 * Single keys, as Gmail has them. Like a page that knows nothing of extensions, it judges by the
 * event's target only: typing in a field inside somebody's shadow root looks like typing nowhere.
 * It listens in the capture phase, so stopping the event's bubbling at a host element is too late.
 */
export function listenForShortcuts(hooks: ShortcutHooks): void {
  const actions: Readonly<Record<string, () => void>> = {
    c: hooks.onCompose,
    r: hooks.onReply,
    a: hooks.onReply,
    e: hooks.onArchive,
    '#': hooks.onArchive,
    j: hooks.onNext,
    k: hooks.onPrevious,
    o: hooks.onOpen,
    Enter: hooks.onOpen,
    u: hooks.onBack,
    '/': hooks.onSearch,
  };
  window.__shortcuts = [];
  document.addEventListener(
    'keydown',
    (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const action = actions[event.key];
      if (!action) return;
      event.preventDefault();
      record(event.key);
      action();
    },
    { capture: true },
  );
}

function record(key: string): void {
  window.__shortcuts?.push(key);
  document.documentElement.dataset['shortcuts'] = window.__shortcuts?.join(' ') ?? '';
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches('input, textarea, select'));
