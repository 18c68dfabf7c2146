/** Apart from the schemas, so that a page can have the words without the validator. */
export const promiseDirections = ['ours', 'theirs'] as const;
/** Who owes it: we, or the client (we are waiting for it). */
export type PromiseDirection = (typeof promiseDirections)[number];

/** What is stored. *Late* is not: an open promise becomes late by the calendar alone. */
export const promiseStatuses = ['open', 'kept', 'broken', 'waived'] as const;
export type PromiseStatus = (typeof promiseStatuses)[number];
