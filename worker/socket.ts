import { bytesToHex, hexToBytes } from '../shared/protocol/bytes.ts';
import { deviceIdSchema, sha256Schema } from '../shared/protocol/ids.ts';
import { SOCKET_PROTOCOL } from '../shared/protocol/limits.ts';
import * as v from 'valibot';
import type { Auth } from './workspace-api.ts';

/**
 * A socket cannot cross the objects' method calls, so the route passes who asks in headers of an
 * internal request. No request from outside reaches the object's `fetch`.
 */
const DEVICE_HEADER = 'x-mainstay-device';
const TOKEN_HEADER = 'x-mainstay-token-hash';
const PROOF_HEADER = 'x-mainstay-proof-hash';

const headersSchema = v.object({
  device: deviceIdSchema,
  tokenHash: sha256Schema,
  proofHash: sha256Schema,
});

export const socketRequest = ({ device, tokenHash, proofHash }: Auth): Request =>
  new Request('https://workspace/socket', {
    headers: {
      Upgrade: 'websocket',
      [DEVICE_HEADER]: device,
      [TOKEN_HEADER]: bytesToHex(tokenHash),
      [PROOF_HEADER]: bytesToHex(proofHash),
    },
  });

export function readSocketAuth({ headers }: Request): Auth | null {
  const parsed = v.safeParse(headersSchema, {
    device: headers.get(DEVICE_HEADER),
    tokenHash: headers.get(TOKEN_HEADER),
    proofHash: headers.get(PROOF_HEADER),
  });
  return parsed.success
    ? {
        device: parsed.output.device,
        tokenHash: hexToBytes(parsed.output.tokenHash),
        proofHash: hexToBytes(parsed.output.proofHash),
      }
    : null;
}

/** Names the protocol and not the credentials that came beside it. */
export const socketResponse = (webSocket: WebSocket): Response =>
  new Response(null, {
    status: 101,
    webSocket,
    headers: { 'Sec-WebSocket-Protocol': SOCKET_PROTOCOL },
  });
