import { quickLogKinds, type InteractionKind } from '../../../shared/model/kinds.ts';
import { KindIcon } from '../../ui/KindIcon.tsx';
import type { Translator } from '../../ui/translate.ts';

interface Props {
  readonly t: Translator;
  readonly onLog: (kind: InteractionKind) => void;
}

/** One click each. */
export function LogButtons({ t, onLog }: Props) {
  return (
    <div class="log-buttons" role="group" aria-label={t.text('quickLog')}>
      {quickLogKinds.map((kind) => (
        <button
          key={kind}
          type="button"
          data-action={`log-${kind}`}
          title={t.text(`log_${kind}`)}
          aria-label={t.text(`log_${kind}`)}
          onClick={() => onLog(kind)}
        >
          <KindIcon kind={kind} />
          <span>{t.text(`kind_${kind}`)}</span>
        </button>
      ))}
    </div>
  );
}
