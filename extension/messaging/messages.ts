/** A feature's messages: name → what goes to the background and what comes back. Types only. */
export type MessageMap = { readonly [name: string]: readonly [input: unknown, output: unknown] };

export type ErrorCode =
  /** The request was not of the agreed form. */
  | 'bad-request'
  /** The row is not there (any more). */
  | 'not-found'
  /** The disk or the browser's quota for the extension is full. */
  | 'storage-full'
  /** Another, older version of a page holds the database open. */
  | 'storage-blocked'
  /** The database was written by a newer version of the extension. */
  | 'storage-newer'
  /** The database could not be opened or read. */
  | 'storage-failed'
  /** The extension was updated or removed under a page that was already open. */
  | 'orphaned'
  | 'offline'
  | 'unexpected';

export interface Failure {
  readonly code: ErrorCode;
  /** For the log: never a record's content. */
  readonly detail?: string;
}

export type Answer<Output> =
  | { readonly ok: true; readonly value: Output }
  | { readonly ok: false; readonly error: Failure };

export const ok = <Output>(value: Output): Answer<Output> => ({ ok: true, value });
export const failed = (code: ErrorCode, detail?: string): Answer<never> => ({
  ok: false,
  error: { code, ...(detail !== undefined && { detail }) },
});
