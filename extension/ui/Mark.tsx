import type { Strength } from '../../shared/rules/cadence.ts';
import { MARK_SHAPES } from './mark-shapes.ts';

const TONES: Readonly<Record<Strength, string>> = { none: 'good', due: 'soon', overdue: 'late' };

/** The shape says it; colour only repeats it. */
export function Mark({ strength, label }: { readonly strength: Strength; readonly label: string }) {
  return (
    <svg
      class={`mark ${TONES[strength]}`}
      width="10"
      height="10"
      viewBox="0 0 12 12"
      role="img"
      aria-label={label}
    >
      <path d={MARK_SHAPES[strength]} fill="currentColor" />
    </svg>
  );
}
