import { useEffect, useState } from 'preact/hooks';
import { CardView } from './CardView.tsx';
import type { PanelProps } from './panel-props.ts';
import { AddClient } from '../../features/client-card/AddClient.tsx';
import { ClientSearch } from '../../features/client-card/ClientSearch.tsx';
import { SyncLine } from '../../features/sync/SyncLine.tsx';
import { ToastView } from '../../features/quick-log/ToastView.tsx';
import { Mark } from '../../ui/Mark.tsx';
import { Problem } from '../../ui/Problem.tsx';
import { useValue } from '../../ui/use-value.ts';

export function Panel(props: PanelProps) {
  const { t, model, quickLog, now } = props;
  const [isCollapsed, setCollapsed] = useState(props.startsCollapsed);
  const collapse = (collapsed: boolean): void => {
    setCollapsed(collapsed);
    props.onCollapse(collapsed);
  };
  const command = useValue(props.command);
  const view = useValue(model.view);
  const toast = useValue(quickLog.toast);
  const place = useValue(props.place);
  useEffect(() => {
    if (!command) return;
    setCollapsed(false);
    if (view.kind !== 'known') props.onCommandDone();
  }, [command]);
  const isShown = view.kind !== 'hidden' || toast !== null;
  if (!isShown) return null;
  const words = { dir: t.direction, lang: t.locale };
  // Who points at a mark wants to see the card, also where the panel is put away.
  if (isCollapsed && place === null) {
    const card = view.kind === 'known' ? view.answer.card : null;
    const label = card ? t.text('expand', { name: card.name }) : t.text('expandPlain');
    return (
      <div class="m place tab" dir={props.pageDirection()}>
        <button
          type="button"
          data-action="expand"
          title={label}
          aria-label={label}
          onClick={() => collapse(false)}
        >
          {card ? (
            <Mark strength={card.assessment.strength} label="" />
          ) : (
            <span aria-hidden="true">M</span>
          )}
        </button>
      </div>
    );
  }
  return (
    <div class="place" dir={props.pageDirection()} style={place ?? ''}>
      <aside
        class="m panel"
        data-part="card"
        data-view={view.kind}
        aria-label={t.text('panelLabel')}
        {...words}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          if (place === null) collapse(true);
          else props.onLeaveAside();
        }}
      >
        <button
          type="button"
          class="quiet collapse"
          data-action="collapse"
          title={t.text('collapse')}
          aria-label={t.text('collapse')}
          onClick={() => collapse(true)}
        >
          ›
        </button>
        <Body {...props} />
        {view.kind === 'known' && (
          <SyncLine t={t} send={props.sendSync} now={now} occasion={view} />
        )}
        <ToastView t={t} quickLog={quickLog} now={now} />
      </aside>
    </div>
  );
}

function Body(props: PanelProps) {
  const { t, model, quickLog, onReload } = props;
  const view = useValue(model.view);
  switch (view.kind) {
    case 'hidden':
      return null;
    case 'loading':
      return <div class="skeleton" aria-busy="true" />;
    case 'known':
      return <CardView {...props} answer={view.answer} />;
    case 'unknown':
      return (
        <AddClient
          key={view.answer.suggestion.address}
          t={t}
          suggestion={view.answer.suggestion}
          model={model}
          announce={quickLog.announce}
        />
      );
    case 'unreadable':
      return (
        <Problem title={t.text('unreadableTitle')} body={t.text('unreadableBody')}>
          <ClientSearch t={t} model={model} onPick={(clientId) => void model.switchTo(clientId)} />
        </Problem>
      );
    case 'failed': {
      const isOrphan = view.error.code === 'orphaned';
      return (
        <Problem title={t.text('errorTitle')} body={t.text(`error_${view.error.code}`)}>
          <button
            type="button"
            data-action="retry"
            onClick={isOrphan ? onReload : () => void model.refresh()}
          >
            {t.text(isOrphan ? 'reload' : 'retry')}
          </button>
        </Problem>
      );
    }
  }
}
