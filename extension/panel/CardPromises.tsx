import { useEffect, useRef } from 'preact/hooks';
import type { OpenPromise } from '../db/promise-standing.ts';
import type { Card } from '../features/client-card/messages.ts';
import { PromiseLines } from '../features/promises/PromiseLines.tsx';
import type { LogContext } from '../features/quick-log/model.ts';
import type { BodyProps, PanelCommand } from './body-props.ts';

interface Props extends Pick<BodyProps, 't' | 'now' | 'quickLog' | 'promises'> {
  readonly card: Card;
  readonly context: LogContext;
  /** The signed-in address of the page. */
  readonly account: string | null;
  readonly asked: PanelCommand | null;
}

/** What is open with this client, and the way to another promise. */
export function CardPromises({ t, now, quickLog, promises, card, context, account, asked }: Props) {
  const { send, openSheet, canSelect } = promises;
  const container = useRef<HTMLDivElement>(null);
  const open = (promise: OpenPromise | null): void => {
    if (!container.current) return;
    const { announce, report } = quickLog;
    void openSheet({
      ...context,
      t,
      send,
      now,
      container: container.current,
      promise,
      account,
      announce,
      report,
    });
  };
  useEffect(() => {
    if (asked?.name === 'promise') open(null);
  }, [asked]);
  const keep = async ({ id }: OpenPromise): Promise<void> => {
    const kept = await send('promise.change', { id, status: 'kept' });
    if (kept.ok) quickLog.announce(t.text('promiseKept'), kept.value.undoToken);
    else quickLog.report(kept.error);
  };
  return (
    <>
      {card.promises && (
        <PromiseLines
          t={t}
          promises={card.promises}
          nowMs={now()}
          onKeep={(promise) => void keep(promise)}
          onMore={open}
        />
      )}
      <button
        type="button"
        data-action="promise"
        // The words on the page stay selected.
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => open(null)}
      >
        {t.text(canSelect ? 'promiseFromSelection' : 'promiseAdd')}
      </button>
      <div ref={container} />
    </>
  );
}
