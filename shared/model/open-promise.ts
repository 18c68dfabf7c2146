/** As much of a promise that is still open as a list or a warning says of it. */
export interface OpenPromise {
  readonly side: 'ours' | 'theirs';
  /** The local day, YYYY-MM-DD. */
  readonly due: string;
  readonly text: string;
}
