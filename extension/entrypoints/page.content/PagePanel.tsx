import { useEffect, useState } from 'preact/hooks';
import type { HandlePlace } from '../../features/sites/handle-place.ts';
import type { SyncMessages } from '../../features/sync/messages.ts';
import type { Send } from '../../messaging/send.ts';
import type { BodyProps } from '../../panel/body-props.ts';
import { OpenCard } from '../../panel/OpenCard.tsx';
import { isolate } from '../../ui/isolate.ts';
import type { ReadonlySignal } from '../../ui/signal.ts';
import { useValue } from '../../ui/use-value.ts';
import { Handle } from './Handle.tsx';

export interface PagePanelProps extends BodyProps {
  readonly sendSync: Send<SyncMessages>;
  /** The side panel is open beside this page and shows the same card. */
  readonly isFollowed: ReadonlySignal<boolean>;
  readonly isRightToLeft: () => boolean;
  readonly windowSize: () => { readonly width: number; readonly height: number };
  readonly host: string;
  readonly place: ReadonlySignal<HandlePlace>;
  readonly onPlace: (place: HandlePlace) => void;
}

/** A handle at the edge, and at a press the card. Another page is never covered unasked. */
export function PagePanel(props: PagePanelProps) {
  const { t, model, host, onPlace } = props;
  const [isOpen, setOpen] = useState(false);
  const view = useValue(model.view);
  const place = useValue(props.place);
  const command = useValue(props.command);
  const isFollowed = useValue(props.isFollowed);
  useEffect(() => {
    if (!command) return;
    setOpen(true);
    if (view.kind !== 'known') props.onCommandDone();
  }, [command]);
  // The side panel shows the same card: this one makes room.
  useEffect(() => {
    if (isFollowed) setOpen(false);
  }, [isFollowed]);
  const direction = props.isRightToLeft() ? 'rtl' : 'ltr';
  if (!isOpen) {
    return (
      <div class="place" dir={direction} data-side={place.side} style={topOf(place)}>
        <Handle {...props} place={place} view={view} onOpen={() => setOpen(true)} />
      </div>
    );
  }
  return (
    <div class="place open" dir={direction} data-side={place.side}>
      <OpenCard
        {...props}
        onCollapse={() => setOpen(false)}
        onLeave={() => setOpen(false)}
        hasFocus
      >
        <button
          type="button"
          class="link"
          data-action="hide-handle"
          title={t.text('handleHideHint')}
          onClick={() => onPlace({ ...place, isHidden: true })}
        >
          {t.text('handleHide', { host: isolate(host) })}
        </button>
      </OpenCard>
    </div>
  );
}

const topOf = ({ share }: HandlePlace): string => `inset-block-start:${share * 100}vh`;
