import { AddClient } from '../features/client-card/AddClient.tsx';
import { ClientSearch } from '../features/client-card/ClientSearch.tsx';
import { ThisIs } from '../features/client-card/ThisIs.tsx';
import { Problem } from '../ui/Problem.tsx';
import { useValue } from '../ui/use-value.ts';
import type { BodyProps } from './body-props.ts';
import { CardView } from './CardView.tsx';

/** Who is on the page, or why nobody can be shown. */
export function Body(props: BodyProps) {
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
    case 'profile':
      return <ThisIs t={t} answer={view.answer} model={model} announce={quickLog.announce} />;
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
