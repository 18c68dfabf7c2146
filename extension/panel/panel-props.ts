import type { ReadonlySignal } from '../ui/signal.ts';
import type { SyncMessages } from '../features/sync/messages.ts';
import type { Send } from '../messaging/send.ts';
import type { BodyProps } from './body-props.ts';

export interface PanelProps extends BodyProps {
  /** The panel stands where the page's own side ends, whatever language its words are in. */
  readonly pageDirection: () => 'ltr' | 'rtl';
  readonly startsCollapsed: boolean;
  readonly onCollapse: (isCollapsed: boolean) => void;
  /** The side panel is open beside this page and shows the same card. */
  readonly isFollowed: ReadonlySignal<boolean>;
  readonly sendSync: Send<SyncMessages>;
  /** Declarations of where the card stands when it is not the open thread's; null for the usual place. */
  readonly place: ReadonlySignal<string | null>;
  /** Back to the open thread's card, or to none. */
  readonly onLeaveAside: () => void;
}
