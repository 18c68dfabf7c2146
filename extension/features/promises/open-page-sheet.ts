import { drawSheet } from './draw-sheet.tsx';
import type { SheetRequest } from './sheet-request.ts';

/** On a page of the extension: there are no words to read, so a promise is written by hand. */
export async function openPageSheet(request: SheetRequest): Promise<void> {
  const answer = await request.send('promise.tools', { clientId: request.clientId });
  if (answer.ok) drawSheet({ ...request, ...answer.value }, () => ({ words: '', candidates: [] }));
  else request.report(answer.error);
}
