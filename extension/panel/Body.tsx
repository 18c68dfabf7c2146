import { AddClient } from '../features/client-card/AddClient.tsx';
import { Drawn } from '../ui/Drawn.tsx';
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
          key={view.answer.suggestion.address ?? view.answer.suggestion.personName}
          t={t}
          suggestion={view.answer.suggestion}
          model={model}
          drawPart={props.drawPart}
          announce={quickLog.announce}
        />
      );
    case 'unsure':
    case 'profile':
      return props.askWho?.(props, view) ?? null;
    case 'unreadable':
      return (
        <Problem title={t.text('unreadableTitle')} body={t.text('unreadableBody')}>
          <Drawn
            draw={(place) =>
              props.drawPart('search', place, { t, model, onPick: (id) => void model.switchTo(id) })
            }
          />
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
