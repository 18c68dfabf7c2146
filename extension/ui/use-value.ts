import { effect, type ReadonlySignal } from './signal.ts';
import { useLayoutEffect, useState } from 'preact/hooks';

/**
 * A signal's value, and a new render whenever it changes. The whole binding that this project needs:
 * the package that tracks signals inside components by itself is larger than the panel's own card.
 */
export function useValue<Value>(source: ReadonlySignal<Value>): Value {
  // The value that was rendered: only another one is worth a new render, and whoever renders a second
  // time at once has the effects of the first run before anything is painted.
  const [, setValue] = useState(() => source.peek());
  // Before the paint: what changed between the first render and here must not be missed.
  useLayoutEffect(
    () =>
      effect(() => {
        const { value } = source;
        setValue(() => value);
      }),
    [source],
  );
  return source.peek();
}
