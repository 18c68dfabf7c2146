import { fileURLToPath } from 'node:url';
import type { StartBackend } from './backend.ts';
import { startChildServer } from './child-server.ts';
import { inBatches } from './in-batches.ts';

const BATCH_ROWS = 2000;

export const startPlain: StartBackend = async ({ children, folder }) => {
  const { port, stop } = await startChildServer({
    children,
    script: fileURLToPath(import.meta.resolve('./plain-server.ts')),
    args: [`--folder=${folder}`],
  });
  const post = async (path: string, body: unknown): Promise<void> => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
    await response.body?.cancel();
  };
  return {
    port,
    async seed(book) {
      for (const batch of inBatches(book.records(), BATCH_ROWS)) await post('/rows', batch);
    },
    change: (edits) =>
      post(
        '/edits',
        edits.map((edit) => ({ ...edit, at: Date.now() })),
      ),
    stop,
  };
};
