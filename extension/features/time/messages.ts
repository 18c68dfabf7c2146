import type { TimeSuggestion } from '../../db/focus-time.ts';

export type TimeMessages = {
  /**
   * A sign of life from a page whose client's thread is in front, focused and used; null when it no
   * longer is. Answered with the minutes to suggest for the client today, or 0.
   */
  'time.here': [{ readonly clientId: string | null }, { readonly minutes: number }];
  /** Accepts a suggestion, as it is or corrected; no minutes turn it down. A null day is today. */
  'time.record': [
    { readonly clientId: string; readonly day: string | null; readonly minutes: number },
    { readonly undoToken: string },
  ];
  'time.suggestions': [Record<string, never>, readonly TimeSuggestion[]];
  'time.setting': [{ readonly isOn: boolean }, { readonly undoToken: string }];
};
