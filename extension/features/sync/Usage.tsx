import type { WorkspaceStatus } from '../../../shared/protocol/workspace-messages.ts';
import type { Translator } from '../../ui/translate.ts';

interface Props {
  readonly t: Translator;
  readonly usage: WorkspaceStatus['usage'];
}

const BYTES_PER_MB = 1_000_000;

/** How much the worker holds for this workspace, and how much it would. */
export const Usage = ({ t, usage }: Props) => (
  <label class="stack" data-part="usage">
    <span class="hint">
      {t.text('usage', {
        rows: usage.rows,
        used: Math.ceil(usage.bytes / BYTES_PER_MB),
        max: Math.round(usage.maxBytes / BYTES_PER_MB),
      })}
    </span>
    <meter
      value={usage.bytes}
      max={usage.maxBytes}
      high={usage.maxBytes * 0.9}
      aria-label={t.text('usageLabel')}
    />
  </label>
);
