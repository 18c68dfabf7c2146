import { ERROR_STATUS, type WireError } from '../shared/protocol/errors.ts';

/** The one form of every error: see docs/protocol.md, "Errors". */
export const errorResponse = (error: WireError): Response =>
  Response.json({ error }, { status: ERROR_STATUS[error.code] });
