import { effect, type ReadonlySignal } from './signal.ts';
import { useLayoutEffect, useState } from 'preact/hooks';

/**
 * A signal's value, and a new render whenever it changes. The whole binding that this project needs:
 * the package that tracks signals inside components by itself is larger than the panel's own card.
 */
export function useValue<Value>(source: ReadonlySignal<Value>): Value {
  const [, setValue] = useState<{ readonly value: Value }>();
  // Before the paint: what changed between the first render and here must not be missed.
  useLayoutEffect(() => effect(() => setValue({ value: source.value })), [source]);
  return source.peek();
}
