import * as v from 'valibot';
import { bytesToHex, hexToBytes } from '../shared/protocol/bytes.ts';
import { deviceIdSchema, sha256Schema } from '../shared/protocol/ids.ts';
import type { Auth } from './workspace-api.ts';

/**
 * Who a socket belongs to: kept with the socket itself, because the object's memory does not last,
 * and asked anew with each push. Hashes only, as everywhere behind the routes.
 */
const attachmentSchema = v.object({
  device: deviceIdSchema,
  tokenHash: sha256Schema,
  proofHash: v.nullable(sha256Schema),
  clientVersion: v.number(),
});
type Attachment = v.InferInput<typeof attachmentSchema>;

/** A socket cannot cross the objects' method calls, so the route passes who asks in a header. */
const HEADER = 'x-mainstay-auth';

export const attachmentOf = (auth: Auth): Attachment => ({
  device: auth.device,
  tokenHash: bytesToHex(auth.tokenHash),
  proofHash: auth.proofHash && bytesToHex(auth.proofHash),
  clientVersion: auth.clientVersion,
});

export function authOf(attachment: unknown): Auth | null {
  const parsed = v.safeParse(attachmentSchema, attachment);
  if (!parsed.success) return null;
  const { device, tokenHash, proofHash, clientVersion } = parsed.output;
  return {
    device,
    tokenHash: hexToBytes(tokenHash),
    proofHash: proofHash === null ? null : hexToBytes(proofHash),
    clientVersion,
  };
}

/** An internal request; none from outside reaches the object's `fetch`. */
export const socketRequest = (auth: Auth): Request =>
  new Request('https://workspace/socket', {
    headers: { Upgrade: 'websocket', [HEADER]: JSON.stringify(attachmentOf(auth)) },
  });

export function readSocketAuth(headers: Headers): Auth | null {
  try {
    return authOf(JSON.parse(headers.get(HEADER) ?? 'null'));
  } catch {
    return null;
  }
}
