import { useEffect, useRef, useState } from 'preact/hooks';
import type { PanelProps } from './panel-props.ts';
import { OpenCard } from './OpenCard.tsx';
import { Mark } from '../ui/Mark.tsx';
import { useValue } from '../ui/use-value.ts';

export function Panel(props: PanelProps) {
  const { t, model, quickLog } = props;
  const [isCollapsed, setCollapsed] = useState(props.startsCollapsed);
  const choice = useRef(props.startsCollapsed);
  const collapse = (collapsed: boolean): void => {
    choice.current = collapsed;
    setCollapsed(collapsed);
    props.onCollapse(collapsed);
  };
  const isFollowed = useValue(props.isFollowed);
  // The side panel shows the same card: this one makes room until that one is closed.
  useEffect(() => setCollapsed(isFollowed || choice.current), [isFollowed]);
  const place = useValue(props.place);
  const command = useValue(props.command);
  const view = useValue(model.view);
  const toast = useValue(quickLog.toast);
  useEffect(() => {
    if (!command) return;
    setCollapsed(false);
    if (view.kind !== 'known') props.onCommandDone();
  }, [command]);
  const isShown = view.kind !== 'hidden' || toast !== null;
  if (!isShown) return null;
  // Who points at a mark wants to see the card, also where the panel is put away.
  if (isCollapsed && place === null) {
    const card = view.kind === 'known' ? view.answer.card : null;
    const label = card ? t.text('expand', { name: card.name }) : t.text('expandPlain');
    return (
      <div class="m place tab" dir={props.pageDirection()}>
        <button
          type="button"
          data-action="expand"
          title={label}
          aria-label={label}
          onClick={() => collapse(false)}
        >
          {card ? (
            <Mark strength={card.assessment.strength} label="" />
          ) : (
            <span aria-hidden="true">M</span>
          )}
        </button>
      </div>
    );
  }
  return (
    <div class="place" dir={props.pageDirection()} style={place ?? ''}>
      <OpenCard
        {...props}
        onCollapse={() => collapse(true)}
        onLeave={() => (place === null ? collapse(true) : props.onLeaveAside())}
      />
    </div>
  );
}
