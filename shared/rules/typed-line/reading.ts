import type { Direction, InteractionKind } from '../../model/kinds.ts';

export interface Span {
  /** Offsets into the text as typed, in UTF-16 units; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
  readonly as: 'kind' | 'minutes' | 'day' | 'direction' | 'summary';
}

/** A piece of the line that was not read as anything else. */
export interface RestToken {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Stands in the text directly after the piece before it. */
  readonly isGlued: boolean;
  /** Words for matching: folded (see `fold`), then without a glued prefix. Empty for marks. */
  readonly forms: readonly string[];
  readonly as: 'word' | 'topic' | 'mark';
}

/** What a typed line says. Null is "the line does not say", never a guess. */
export interface Reading {
  readonly kind: InteractionKind | null;
  readonly minutes: number | null;
  /** `YYYY-MM-DD`, today or before. */
  readonly day: string | null;
  readonly direction: Direction | null;
  /** Everything that was not read, in the order typed. */
  readonly summary: string;
  /** In the order of the text, not overlapping. Words that only connect ("about") have none. */
  readonly spans: readonly Span[];
  readonly rest: readonly RestToken[];
}
