import { useEffect, useRef } from 'preact/hooks';
import type { OpenPromise } from '../db/promise-standing.ts';
import type { Card } from '../features/client-card/messages.ts';
import type { LogContext } from '../features/quick-log/model.ts';
import { Drawn } from '../ui/Drawn.tsx';
import type { BodyProps, PanelCommand } from './body-props.ts';

interface Props extends Pick<BodyProps, 't' | 'now' | 'quickLog' | 'promises' | 'drawPart'> {
  readonly card: Card;
  readonly context: LogContext;
  /** The signed-in address of the page. */
  readonly account: string | null;
  readonly asked: PanelCommand | null;
}

/** What is open with this client, and the way to another promise. */
export function CardPromises(props: Props) {
  const { t, now, quickLog, promises, drawPart, card, context, account, asked } = props;
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
        <Drawn
          version={card}
          draw={(place) =>
            card.promises &&
            drawPart('promises', place, {
              t,
              promises: card.promises,
              nowMs: now(),
              onKeep: (promise) => void keep(promise),
              onMore: open,
            })
          }
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
