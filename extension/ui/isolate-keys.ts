const KEY_EVENTS = ['keydown', 'keypress', 'keyup'] as const;
const KEY_PROPERTIES = [
  'key',
  'code',
  'repeat',
  'isComposing',
  'altKey',
  'ctrlKey',
  'metaKey',
  'shiftKey',
] as const;
/** What a click or a paste in the panel must not set off in the page around it. */
const OTHER_EVENTS = [
  'click',
  'dblclick',
  'mousedown',
  'mouseup',
  'pointerdown',
  'pointerup',
  'contextmenu',
  'wheel',
  'touchstart',
  'touchend',
  'focusin',
  'focusout',
  'input',
  'beforeinput',
  'change',
  'copy',
  'cut',
  'paste',
  'dragstart',
  'drop',
] as const;

/**
 * Keeps what happens in the panel inside it. Gmail acts on single letters, and listens in the
 * capture phase of the window, before a listener inside the panel could stop the event. So this one
 * stands first on the window: it stops the key for everyone and hands a copy to the element inside;
 * the copy is not composed, so it never leaves the panel.
 */
export function isolateKeys(window: Window, host: HTMLElement, signal: AbortSignal): void {
  const reroute = (event: KeyboardEvent): void => {
    const path = event.composedPath();
    if (!path.includes(host)) return;
    event.stopImmediatePropagation();
    const copy = copyOf(event);
    path[0]?.dispatchEvent(copy);
    if (copy.defaultPrevented) event.preventDefault();
  };
  for (const type of KEY_EVENTS) window.addEventListener(type, reroute, { capture: true, signal });
  const stop = (event: Event): void => event.stopPropagation();
  for (const type of OTHER_EVENTS) host.addEventListener(type, stop, { signal, passive: true });
}

/** A plain event with a key's properties: Firefox makes each `KeyboardEvent` a composed one. */
const copyOf = (event: KeyboardEvent): Event =>
  Object.assign(
    new Event(event.type, { bubbles: true, cancelable: true }),
    Object.fromEntries(KEY_PROPERTIES.map((name) => [name, event[name]])),
  );
