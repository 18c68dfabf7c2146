import type { ReadonlySignal } from '../../ui/signal.ts';
import type { CardModel } from '../../features/client-card/model.ts';
import type { QuickLog } from '../../features/quick-log/model.ts';
import type { SyncMessages } from '../../features/sync/messages.ts';
import type { Send } from '../../messaging/send.ts';
import type { DraftFields } from '../../sites/draft.ts';
import type { Translator } from '../../ui/translate.ts';

/** A keyboard shortcut of the browser's, passed on by the background. */
export interface PanelCommand {
  readonly name: string;
}

export interface PanelProps {
  readonly t: Translator;
  readonly model: CardModel;
  readonly quickLog: QuickLog;
  readonly command: ReadonlySignal<PanelCommand | null>;
  /** The command was carried out, or there is nobody to carry it out for: it must not come again. */
  readonly onCommandDone: () => void;
  readonly now: () => number;
  /** The panel stands where the page's own side ends, whatever language its words are in. */
  readonly pageDirection: () => 'ltr' | 'rtl';
  readonly startsCollapsed: boolean;
  readonly onCollapse: (isCollapsed: boolean) => void;
  readonly onReload: () => void;
  readonly sendSync: Send<SyncMessages>;
  /** Declarations of where the card stands when it is not the open thread's; null for the usual place. */
  readonly place: ReadonlySignal<string | null>;
  /** Back to the open thread's card, or to none. */
  readonly onLeaveAside: () => void;
  /** Opens the host's own editor with a new draft. */
  readonly openDraft: (draft: DraftFields) => void;
}
