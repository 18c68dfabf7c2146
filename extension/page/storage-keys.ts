/** Keys of the browser's small storage, which outlives the database. */
export const HAD_DATA_KEY = 'had-data';
/** The popup shows this until the user dismisses it. */
export const EVICTED_KEY = 'evicted-at';
export const LAST_MAILBOX_KEY = 'last-mailbox';
