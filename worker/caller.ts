import type { AppContext } from './request.ts';

/** Counted against bursts and kept nowhere. */
export const callerOf = (c: AppContext): string => c.req.header('cf-connecting-ip') ?? 'unknown';
