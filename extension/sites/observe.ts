/** So many records in one go are a thread that opens; and so many between two breaks. */
const BURST = 1000;
const BETWEEN_BREAKS = 30;
/** To look at the page costs it as much as so many records. */
const LOOK = 60;
/** Each break is twice the one before. */
const FIRST_BREAK_MS = 50;
const LONGEST_BREAK_MS = 1000;

export interface Observed {
  readonly document: Document;
  readonly window: Window & typeof globalThis;
  /** Aborting ends everything. */
  readonly signal: AbortSignal;
}

export interface Judge {
  readonly attributeFilter: string[];
  /** True where the record matters. Runs for every mutation: keep it cheap. */
  readonly matters: (record: MutationRecord) => boolean;
  /** Some of the records matter, or some that were missed may have. */
  readonly onMatter: () => void;
  /** Called before: anything may have changed since the last records. */
  readonly onMissed?: (() => void) | undefined;
}

/**
 * Follows all of a document, and takes breaks from one that never rests: a record costs the page
 * some microseconds, even where nobody looks at it. Who presses something waits for what is painted,
 * so that a press ends a break, and so does a new address.
 */
export function observe(
  { document, window, signal }: Observed,
  { attributeFilter, matters, onMatter, onMissed }: Judge,
): (elements: Iterable<Element>) => void {
  /** None: on a break. */
  let left = BURST;
  let breakMs = FIRST_BREAK_MS;

  const observer = new window.MutationObserver((records) => {
    let look = 0;
    try {
      for (const record of records) if (matters(record)) look = LOOK;
    } catch {
      // A form's fields can stand in for its own methods. Such a node is looked at with the rest.
      look = LOOK;
      onMissed?.();
    }
    if (look) onMatter();
    left -= records.length + look;
    if (left > 0) return;
    observer.disconnect();
    window.setTimeout(comeBack, breakMs);
    breakMs = Math.min(2 * breakMs, LONGEST_BREAK_MS);
  });
  for (const type of ['pointerdown', 'keydown', 'popstate']) {
    window.addEventListener(type, expect, { signal, capture: true, passive: true });
  }
  window.navigation?.addEventListener('currententrychange', expect, { signal });
  signal.addEventListener('abort', () => observer.disconnect());
  begin();
  return (elements) => {
    for (const each of elements) observer.observe(each, { attributeFilter: ['style', 'class'] });
  };

  function begin(): void {
    observer.observe(document, { childList: true, subtree: true, attributeFilter });
  }

  function expect(): void {
    comeBack();
    left = BURST;
    breakMs = FIRST_BREAK_MS;
  }

  function comeBack(): void {
    if (left > 0 || signal.aborted) return;
    left = BETWEEN_BREAKS;
    begin();
    onMissed?.();
    onMatter();
  }
}
