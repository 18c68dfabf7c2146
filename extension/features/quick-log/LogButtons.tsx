import { quickLogKinds, type InteractionKind } from '../../../shared/model/kinds.ts';
import { KindIcon } from '../../ui/KindIcon.tsx';
import type { Translator } from '../../ui/translate.ts';
import { kindKeys } from './kind-keys.ts';

interface Props {
  readonly t: Translator;
  /** The letters of `kindKeys` do the same here. */
  readonly hasKeys: boolean;
  readonly onLog: (kind: InteractionKind) => void;
}

/** One click each. */
export function LogButtons({ t, hasKeys, onLog }: Props) {
  return (
    <div class="log-buttons" role="group" aria-label={t.text('quickLog')}>
      {quickLogKinds.map((kind) => {
        const words = t.text(`log_${kind}`);
        const key = hasKeys ? kindKeys[kind].toUpperCase() : undefined;
        return (
          <button
            key={kind}
            type="button"
            data-action={`log-${kind}`}
            title={key ? `${words} (${key})` : words}
            aria-label={words}
            aria-keyshortcuts={key}
            onClick={() => onLog(kind)}
          >
            <KindIcon kind={kind} />
            <span>{t.text(`kind_${kind}`)}</span>
          </button>
        );
      })}
    </div>
  );
}
