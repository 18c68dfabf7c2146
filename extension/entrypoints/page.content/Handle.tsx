import { useRef, useState } from 'preact/hooks';
import type { CardView } from '../../features/client-card/model.ts';
import { placeByKey, placeByPointer, type HandlePlace } from '../../features/sites/handle-place.ts';
import { isolate } from '../../ui/isolate.ts';
import { Mark } from '../../ui/Mark.tsx';
import type { Translator } from '../../ui/translate.ts';

interface Props {
  readonly t: Translator;
  readonly view: CardView;
  readonly place: HandlePlace;
  readonly onPlace: (place: HandlePlace) => void;
  readonly isRightToLeft: () => boolean;
  readonly windowSize: () => { readonly width: number; readonly height: number };
  readonly onOpen: () => void;
}

/** A hand is never quite still: less than this is a press. */
const DRAG_FROM_PX = 5;

/** Opens at a press; goes where it is dragged, and with the arrow keys. */
export function Handle({ t, view, place, onPlace, isRightToLeft, windowSize, onOpen }: Props) {
  const from = useRef<{ readonly x: number; readonly y: number } | null>(null);
  const [dragged, setDragged] = useState<HandlePlace | null>(null);
  const wasDragged = useRef(false);
  const label = labelOf(t, view);

  const pointed = ({ clientX, clientY }: PointerEvent): HandlePlace =>
    placeByPointer(place, { x: clientX, y: clientY }, windowSize(), isRightToLeft());

  return (
    <button
      type="button"
      class="m handle"
      data-part="handle"
      data-action="expand"
      data-view={view.kind}
      data-side={(dragged ?? place).side}
      style={dragged ? `inset-block-start:${(dragged.share - place.share) * 100}vh` : ''}
      title={label}
      aria-label={label}
      aria-description={t.text('handleMove')}
      onClick={() => {
        if (!wasDragged.current) onOpen();
        wasDragged.current = false;
      }}
      onKeyDown={(event) => {
        const next = placeByKey(place, event.key, isRightToLeft());
        if (!next) return;
        event.preventDefault();
        onPlace(next);
      }}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        wasDragged.current = false;
        from.current = { x: event.clientX, y: event.clientY };
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        const start = from.current;
        if (!start) return;
        const way = Math.hypot(event.clientX - start.x, event.clientY - start.y);
        if (way >= DRAG_FROM_PX) wasDragged.current = true;
        if (wasDragged.current) setDragged(pointed(event));
      }}
      onPointerUp={(event) => {
        from.current = null;
        setDragged(null);
        if (wasDragged.current) onPlace(pointed(event));
      }}
      onPointerCancel={() => {
        from.current = null;
        wasDragged.current = false;
        setDragged(null);
      }}
    >
      {view.kind === 'known' ? (
        <Mark strength={view.answer.card.assessment.strength} label="" />
      ) : (
        <span aria-hidden="true">{view.kind === 'profile' ? '?' : 'M'}</span>
      )}
    </button>
  );
}

function labelOf(t: Translator, view: CardView): string {
  if (view.kind === 'known') return t.text('expand', { name: isolate(view.answer.card.name) });
  if (view.kind !== 'profile') return t.text('expandPlain');
  return t.text('thisIsTitle', { name: isolate(view.answer.personName) });
}
