/**
 * Stands in for WXT's own context of a content script (`wxt.config.ts`), whose timers, listeners and
 * watcher of addresses were a twentieth of what a page may be asked to load, and unused. What is left
 * is the signal: it ends a script when the same one starts anew in the page, as after an update.
 */
export class ContentScriptContext {
  readonly signal: AbortSignal;

  constructor(name: string) {
    const controller = new AbortController();
    this.signal = controller.signal;
    const started = `mainstay-started:${name}`;
    document.dispatchEvent(new Event(started));
    document.addEventListener(started, () => controller.abort(), { once: true });
  }
}
