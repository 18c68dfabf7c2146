import { useEffect, useState } from 'preact/hooks';
import type { DrawPart } from '../../panel/panel-tools.ts';
import { Drawn } from '../../ui/Drawn.tsx';
import { isolate } from '../../ui/isolate.ts';
import type { Translator } from '../../ui/translate.ts';
import { dayWords } from '../../ui/words.ts';
import type { QuickLog, Toast } from './model.ts';
import { useValue } from '../../ui/use-value.ts';

interface Props {
  readonly t: Translator;
  readonly quickLog: QuickLog;
  readonly now: () => number;
  readonly drawPart: DrawPart;
}

/** Long enough to read and to reach for Undo; it waits while the pointer or the focus is on it. */
const SHOWN_MS = 8000;

/** Says what was logged where, and takes it back. A live region: a screen reader hears it. */
export function ToastView({ t, quickLog, now, drawPart }: Props) {
  const toast = useValue(quickLog.toast);
  const [isHeld, setHeld] = useState(false);
  const isEditing = toast?.kind === 'logged' && toast.isEditing;
  useEffect(() => {
    if (!toast || isHeld || isEditing || toast.kind === 'failed') return undefined;
    const timer = setTimeout(() => quickLog.dismiss(), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [toast, isHeld, isEditing, quickLog]);
  return (
    <div class="toast-region" role="status" aria-live="polite">
      {toast && (
        <div
          class={`toast ${toast.kind}`}
          data-part="toast"
          onMouseEnter={() => setHeld(true)}
          onMouseLeave={() => setHeld(false)}
          onFocusIn={() => setHeld(true)}
          onFocusOut={() => setHeld(false)}
        >
          <p>{wordsOf(t, toast, now())}</p>
          <div class="row">
            <Actions t={t} toast={toast} quickLog={quickLog} />
            <button
              type="button"
              class="quiet"
              data-action="dismiss"
              onClick={() => quickLog.dismiss()}
            >
              {t.text('dismiss')}
            </button>
          </div>
          {isEditing && (
            <Drawn
              draw={(place) => {
                const { at } = toast.logged;
                drawPart('line', place, { t, at, now, onSave: quickLog.saveLine });
              }}
            />
          )}
        </div>
      )}
    </div>
  );
}

function wordsOf(t: Translator, toast: Toast, nowMs: number): string {
  switch (toast.kind) {
    case 'logged': {
      const { kind, clientName, at } = toast.logged;
      const logged = t.text(`logged_${kind}`, { client: isolate(clientName) });
      return t.text('loggedOn', { logged, when: dayWords(t, at, nowMs) });
    }
    case 'already-logged':
      return t.text('loggedAlready', { when: dayWords(t, toast.already.at, nowMs) });
    case 'changed':
      return toast.words;
    case 'failed':
      return t.text(`error_${toast.error.code}`);
  }
}

function Actions({ t, toast, quickLog }: { t: Translator; toast: Toast; quickLog: QuickLog }) {
  if (toast.kind === 'already-logged') {
    return (
      <button type="button" data-action="log-again" onClick={() => void toast.again()}>
        {t.text('logAgain')}
      </button>
    );
  }
  const token =
    toast.kind === 'logged'
      ? toast.logged.undoToken
      : toast.kind === 'changed'
        ? toast.undoToken
        : null;
  return (
    <>
      {toast.kind === 'logged' && !toast.isEditing && (
        <button type="button" data-action="add-line" onClick={() => quickLog.editLine()}>
          {t.text('addLine')}
        </button>
      )}
      {token !== null && (
        <button type="button" data-action="undo" onClick={() => void quickLog.undo(token)}>
          {t.text('undo')}
        </button>
      )}
    </>
  );
}
