import type { InteractionKind } from '../../shared/model/kinds.ts';

/** Drawn on a 16 px grid with a 1.5 px line. */
const PATHS: Readonly<Record<InteractionKind, string>> = {
  email: 'M2 4h12v8.5H2zM2.5 4.5L8 9l5.5-4.5',
  call: 'M4 2.5l2 .3.8 2.8-1.4 1.3a8.5 8.5 0 0 0 3.7 3.7l1.3-1.4 2.8.8.3 2a1.6 1.6 0 0 1-1.6 1.5A9.4 9.4 0 0 1 2.5 4.1 1.6 1.6 0 0 1 4 2.5z',
  meeting: 'M2.5 3.5h11v10h-11zM2.5 6.5h11M5.5 2v3M10.5 2v3',
  message: 'M2 3h12v8H7.5L4 13.8V11H2z',
  visit:
    'M8 14s4.5-4 4.5-7.5a4.5 4.5 0 0 0-9 0C3.500 10 8 14 8 14zM8 8a1.500 1.500 0 1 0 0-3 1.500 1.500 0 0 0 0 3',
  note: 'M3.500 2.500h9v11h-9zM5.500 5.500h5M5.500 8h5M5.500 10.500h3',
  gift: 'M2.500 6h11v2.500h-11zM3.500 8.500h9v5h-9zM8 6v7.500M8 6S5 6 5 4s3-1.500 3 2c0-3.500 3-4 3-2s-3 2-3 2',
};

export function KindIcon({ kind }: { readonly kind: InteractionKind }) {
  return (
    <svg
      width="14"
      height="14"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      stroke-width="1.5"
      stroke-linejoin="round"
      stroke-linecap="round"
      aria-hidden="true"
    >
      <path d={PATHS[kind]} />
    </svg>
  );
}
