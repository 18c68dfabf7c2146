import type { ClipAction } from '../../clip/actions.ts';
import type { CardModel } from '../../features/client-card/model.ts';
import { Palette } from '../../features/palette/Palette.tsx';
import { plainContext, type QuickLog } from '../../features/quick-log/model.ts';
import type { Page } from '../../page/page.ts';
import { clipActions, commonActions, logActions } from '../../page/palette-actions.ts';
import { logContext } from '../../panel/log-context.ts';

export interface SidePaletteProps {
  readonly page: Page;
  readonly model: CardModel;
  readonly quickLog: QuickLog;
  readonly onClip: (action: ClipAction) => void;
  readonly onPick: (clientId: string) => void;
  readonly onClose: () => void;
}

/** First what can be logged with the client that is shown. */
export function SidePalette({ page, model, quickLog, onClip, onPick, onClose }: SidePaletteProps) {
  const { t } = page;
  const view = model.view.peek();
  const context =
    view.kind === 'known' ? logContext(view.answer.card, model.snapshot.peek()) : null;
  return (
    <Palette
      t={t}
      actions={[
        ...(context ? logActions(t, quickLog, context, true) : []),
        ...clipActions(t, onClip),
        ...commonActions(page, quickLog),
      ]}
      search={model.search}
      actionsFor={({ clientId, name }) => [
        { id: 'show-card', label: t.text('showCard'), run: () => onPick(clientId) },
        ...logActions(t, quickLog, plainContext(clientId, name)),
      ]}
      onClose={onClose}
    />
  );
}
