/**
 * A value that tells who has read it when it changes: as much of signals as this project uses, in a
 * tenth of the library's size. It is in every content script, where the library alone took a tenth
 * of what a page may be asked to load. No batches: each set tells at once, in the order of reading.
 */
export interface ReadonlySignal<Value> {
  /** Reading it inside an effect or a computed one subscribes to it. */
  readonly value: Value;
  /** Reads without subscribing. */
  peek(): Value;
}

export interface Signal<Value> extends ReadonlySignal<Value> {
  value: Value;
}

interface Reader {
  readonly run: () => void;
  /** Everything it has read in its last run. */
  readonly sources: Set<Set<Reader>>;
}

/** Who is reading now; set only while one of them runs. */
let reading: Reader | null = null;

export function signal<Value>(initial: Value): Signal<Value> {
  const readers = new Set<Reader>();
  let current = initial;
  return {
    get value() {
      note(readers);
      return current;
    },
    set value(next) {
      if (Object.is(next, current)) return;
      current = next;
      tell(readers);
    },
    peek: () => current,
  };
}

/** Worked out when it is read, and again only after something that it had read has changed. */
export function computed<Value>(work: () => Value): ReadonlySignal<Value> {
  const readers = new Set<Reader>();
  let known: { readonly value: Value } | null = null;
  const self: Reader = {
    sources: new Set(),
    run() {
      known = null;
      tell(readers);
    },
  };
  const peek = (): Value => {
    known ??= { value: readAs(self, work) };
    return known.value;
  };
  return {
    get value() {
      note(readers);
      return peek();
    },
    peek,
  };
}

/** Runs now and whenever something that it read has changed, until the returned function is called. */
export function effect(work: () => void): () => void {
  const self: Reader = { sources: new Set(), run: () => readAs(self, work) };
  self.run();
  return () => leave(self);
}

function readAs<Result>(reader: Reader, work: () => Result): Result {
  leave(reader);
  const before = reading;
  reading = reader;
  try {
    return work();
  } finally {
    reading = before;
  }
}

function note(readers: Set<Reader>): void {
  if (!reading) return;
  readers.add(reading);
  reading.sources.add(readers);
}

function leave(reader: Reader): void {
  for (const readers of reader.sources) readers.delete(reader);
  reader.sources.clear();
}

/** One that left while others were told, a component that is gone, is not told any more. */
function tell(readers: Set<Reader>): void {
  for (const reader of Array.from(readers)) if (readers.has(reader)) reader.run();
}
