import type { FieldEdit } from '../contract.ts';
import type { StartBackend } from './backend.ts';
import { startChildServer } from './child-server.ts';
import { peerFile } from './peer-file.ts';

export const startTinybase: StartBackend = async ({ children, folder }) => {
  let controlUrl = '';
  const { port, stop } = await startChildServer({
    children,
    script: peerFile('tinybase/server.js'),
    args: [folder],
    onLine(line) {
      const control = /^control on (\d+)$/.exec(line)?.[1];
      if (control !== undefined) controlUrl = `http://127.0.0.1:${control}`;
    },
  });
  const ask = async (path: string, body: unknown): Promise<void> => {
    const response = await fetch(controlUrl + path, { method: 'POST', body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
    await response.body?.cancel();
  };
  return {
    port,
    setup: { controlUrl },
    seed: ({ rows }) => ask('/seed', { rows }),
    change: (edits: readonly FieldEdit[]) => ask('/change', edits),
    stop,
  };
};
