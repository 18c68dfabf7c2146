import type { Writer, Written } from './writer.ts';

/** A writer that is made when something is first written, so that reading never waits for it. */
export function lazyWriter(
  make: () => Promise<Writer>,
  onWritten: (written: Written) => void,
): Writer {
  const listeners = new Set([onWritten]);
  let isHeard = false;
  const writer = async (): Promise<Writer> => {
    const made = await make();
    if (!isHeard) {
      isHeard = true;
      made.onWritten((written) => {
        for (const listener of listeners) listener(written);
      });
    }
    return made;
  };
  return {
    write: async (edits) => (await writer()).write(edits),
    writeOnce: async (source, clientId, edits) =>
      (await writer()).writeOnce(source, clientId, edits),
    undo: async (token) => (await writer()).undo(token),
    onWritten(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
