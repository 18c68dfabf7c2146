import type { InteractionKind } from '../../shared/model/kinds.ts';

/** Drawn on a 16 px grid with a 1.5 px line. */
const PATHS: Readonly<Record<InteractionKind, string>> = {
  email: 'M2 4h12v9H2zM2 4l6 5 6-5',
  call: 'M3 2h3l1 4-2 1a8 8 0 0 0 4 4l1-2 4 1v3A11 11 0 0 1 3 2z',
  meeting: 'M2 4h12v10H2zM2 7h12M5 2v3M11 2v3',
  message: 'M2 3h12v8H8l-4 3v-3H2z',
  visit: 'M8 14s5-5 5-8A5 5 0 0 0 3 6c0 3 5 8 5 8zM8 5v2',
  note: 'M3 2h10v12H3zM5 5h6M5 8h6M5 11h3',
  gift: 'M3 7h10v7H3zM2 4h12v3H2zM8 4v10',
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
