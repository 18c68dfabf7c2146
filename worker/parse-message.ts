import * as v from 'valibot';
import { fail, succeed } from '../shared/protocol/outcome.ts';
import type { Reply } from './workspace-api.ts';

/** Tells another version from a broken message: the client must say "update" and not "error". */
export function parseMessage<Output>(
  message: unknown,
  schema: v.GenericSchema<unknown, Output>,
): Reply<Output> {
  const parsed = v.safeParse(schema, message);
  if (parsed.success) return succeed(parsed.output);
  const isOtherVersion = parsed.issues.some((issue) => v.getDotPath(issue) === 'v');
  return fail({ code: isOtherVersion ? 'unsupported-version' : 'bad-request' });
}
