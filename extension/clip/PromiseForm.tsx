import { useEffect, useRef } from 'preact/hooks';
import { drawSheet } from '../features/promises/draw-sheet.tsx';
import { useValue } from '../ui/use-value.ts';
import { ClientChoice } from './ClientChoice.tsx';
import type { ClipFormProps } from './ClipView.tsx';

/** What the words promise, by the client's own calendar: drawn by the promises' sheet, saved there. */
export function PromiseForm({ t, model, page, now, deps }: ClipFormProps) {
  const client = useValue(model.client);
  const text = useValue(model.text);
  const clientId = client?.clientId ?? null;
  const sheet = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const container = sheet.current;
    if (clientId === null || !container) return undefined;
    const { sendPromise: send, announce, report } = deps;
    let isWanted = true;
    void (async () => {
      const [answer, { findPromises }] = await Promise.all([
        send('promise.tools', { clientId }),
        import('./find-promises.ts'),
      ]);
      // Another client was chosen, or the words have changed.
      if (!isWanted) return;
      if (!answer.ok) {
        report(answer.error);
        return;
      }
      const calendar = answer.value;
      drawSheet(
        {
          ...calendar,
          t,
          send,
          now,
          container,
          promise: null,
          clientId,
          contactId: null,
          subject: page.title,
          threadUrl: page.url,
          account: null,
          announce,
          report,
        },
        () => ({ words: text, candidates: findPromises(text, calendar, now()) }),
      );
    })();
    return () => {
      isWanted = false;
    };
  }, [clientId, text, page, deps]);
  return (
    <div class="stack" data-part="clip-promise">
      <ClientChoice t={t} model={model} />
      {client && <div ref={sheet} />}
    </div>
  );
}
