import type { ReadonlySignal } from '../ui/signal.ts';
import type { CardModel } from '../features/client-card/model.ts';
import type { QuickLog } from '../features/quick-log/model.ts';
import type { TemplateDraft } from '../features/templates/templates.ts';
import type { Translator } from '../ui/translate.ts';

/** A keyboard shortcut of the browser's, passed on by the background. */
export interface PanelCommand {
  readonly name: string;
}

/** What the card needs, wherever it stands. */
export interface BodyProps {
  readonly t: Translator;
  readonly model: CardModel;
  readonly quickLog: QuickLog;
  readonly command: ReadonlySignal<PanelCommand | null>;
  /** The command was carried out, or there is nobody to carry it out for: it must not come again. */
  readonly onCommandDone: () => void;
  readonly now: () => number;
  /** The letters of `panelKeys` act here, so the buttons name theirs. */
  readonly hasKeys: boolean;
  readonly onReload: () => void;
  /** Opens the mail's own editor with a new draft. */
  readonly openDraft: (draft: TemplateDraft) => void;
}
