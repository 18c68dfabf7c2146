import type { Strength } from '../../shared/rules/cadence.ts';

const SHAPES: Readonly<Record<Strength, { readonly path: string; readonly tone: string }>> = {
  none: { path: 'M6 1.2a4.8 4.8 0 1 0 0 9.6a4.8 4.8 0 0 0 0-9.6', tone: 'good' },
  due: { path: 'M6 .8L11.2 6L6 11.2L.8 6z', tone: 'soon' },
  overdue: { path: 'M6 .9L11.6 10.9H.4z', tone: 'late' },
};

/** A circle, a diamond or a triangle: each meaning has a shape of its own, colour only repeats it. */
export function Mark({ strength, label }: { readonly strength: Strength; readonly label: string }) {
  const { path, tone } = SHAPES[strength];
  return (
    <svg
      class={`mark ${tone}`}
      width="10"
      height="10"
      viewBox="0 0 12 12"
      role="img"
      aria-label={label}
    >
      <path d={path} fill="currentColor" />
    </svg>
  );
}
