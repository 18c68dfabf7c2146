import type { ComponentChildren } from 'preact';
import { SyncLine } from '../features/sync/SyncLine.tsx';
import type { SyncMessages } from '../features/sync/messages.ts';
import { ToastView } from '../features/quick-log/ToastView.tsx';
import type { Send } from '../messaging/send.ts';
import { Drawn } from '../ui/Drawn.tsx';
import { focusAtFirst } from '../ui/focus-at-first.ts';
import { useValue } from '../ui/use-value.ts';
import { Body } from './Body.tsx';
import type { BodyProps } from './body-props.ts';
import { KeyButton } from './KeySheet.tsx';
import { usePanelKeys } from './use-panel-keys.ts';

interface Props extends BodyProps {
  readonly sendSync: Send<SyncMessages>;
  readonly onCollapse: () => void;
  /** Escape. */
  readonly onLeave: () => void;
  /** Whoever has just opened it by keyboard can close it again. */
  readonly hasFocus?: boolean;
  /** Below the card. */
  readonly children?: ComponentChildren;
}

/** The card as it stands in a page. */
export function OpenCard({ onCollapse, onLeave, hasFocus, children, ...props }: Props) {
  const { t, now, drawPart } = props;
  const view = useValue(props.model.view);
  const { isSheetOpen, toggleSheet, onKeyDown } = usePanelKeys(onLeave);
  return (
    <aside
      class="m card panel"
      data-part="card"
      data-view={view.kind}
      aria-label={t.text('panelLabel')}
      dir={t.direction}
      lang={t.locale}
      onKeyDown={onKeyDown}
    >
      <KeyButton t={t} isOpen={isSheetOpen} onClick={toggleSheet} />
      <button
        type="button"
        class="quiet collapse"
        data-action="collapse"
        title={t.text('collapse')}
        aria-label={t.text('collapse')}
        ref={hasFocus ? focusAtFirst : null}
        onClick={onCollapse}
      >
        ›
      </button>
      {isSheetOpen && (
        <Drawn draw={(place) => drawPart('keys', place, { t, escape: t.text('collapse') })} />
      )}
      <Body {...props} />
      {view.kind === 'known' && <SyncLine t={t} send={props.sendSync} now={now} occasion={view} />}
      {children}
      <ToastView t={t} quickLog={props.quickLog} now={now} drawPart={drawPart} />
    </aside>
  );
}
