/** What one step of `npm test` came to; a step that holds no counted tests counts as one. */
export interface Outcome {
  readonly passed: number;
  readonly failed: number;
  /** A few words for the table: what was counted, or why it failed. */
  readonly note?: string;
}

export interface Ran {
  readonly code: number;
  readonly output: readonly string[];
}

export type Run = (
  command: string,
  args: readonly string[],
  env?: Readonly<Record<string, string>>,
) => Promise<Ran>;

export interface Step {
  readonly name: string;
  /** Steps that must have succeeded before. */
  readonly needs?: readonly string[];
  /** Runs at the lowest priority beside all others, on what they leave of the cores. */
  readonly fillsGaps?: boolean;
  readonly work: (run: Run) => Promise<Outcome>;
}

export interface Finished extends Outcome {
  readonly name: string;
  readonly seconds: number;
  /** The end of what it printed, repeated below the table's steps when it failed. */
  readonly tail: readonly string[];
}

export const passedOnce = (note?: string): Outcome => ({
  passed: 1,
  failed: 0,
  ...(note && { note }),
});
export const failedOnce = (note?: string): Outcome => ({
  passed: 0,
  failed: 1,
  ...(note && { note }),
});
