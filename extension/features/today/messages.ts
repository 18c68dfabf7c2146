export type TodayMessages = {
  /** Nothing about this client before the local day `until` (YYYY-MM-DD). */
  'today.snooze': [
    { readonly clientId: string; readonly until: string },
    { readonly undoToken: string },
  ];
  /** Lets this once pass: the rhythm counts on from today. */
  'today.skip': [{ readonly clientId: string }, { readonly undoToken: string }];
};
