/**
 * A sentence as it might stand in an email, and whether it is a promise. Ours: nobody's real mail.
 * The labels follow `docs/decisions/promise-detection.md`, not what the rules happen to find.
 */
export interface Labelled {
  readonly from: 'us' | 'them';
  readonly text: string;
  /** Null where it is no promise. */
  readonly expected: {
    readonly direction: 'ours' | 'theirs';
    /** `YYYY-MM-DD`, or null where no day is named. */
    readonly day: string | null;
  } | null;
}

type Line = readonly [from: 'us' | 'them', text: string, day?: string | null];

/** Whoever writes promises; the day is null where none is named. */
export const promised = (...lines: readonly Line[]): readonly Labelled[] =>
  lines.map(([from, text, day = null]) => ({
    from,
    text,
    expected: { direction: from === 'us' ? 'ours' : 'theirs', day },
  }));

/** The reader's promise is put on record: "as agreed, you will send us the files by Monday". */
export const recorded = (...lines: readonly Line[]): readonly Labelled[] =>
  lines.map(([from, text, day = null]) => ({
    from,
    text,
    expected: { direction: from === 'us' ? 'theirs' : 'ours', day },
  }));

/** Questions, conditions, the past, quotes, other people's promises, requests, automatic texts. */
export const notPromised = (
  ...lines: readonly (readonly [from: 'us' | 'them', text: string])[]
): readonly Labelled[] => lines.map(([from, text]) => ({ from, text, expected: null }));
