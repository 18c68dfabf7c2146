import { sha256, type Bytes } from '../shared/protocol/bytes.ts';
import { decodeFrame, splitBody } from '../shared/protocol/frame.ts';
import { pushSchema } from '../shared/protocol/messages.ts';
import { fail, succeed } from '../shared/protocol/outcome.ts';
import { parseMessage } from './parse-message.ts';
import type { PushedRows, Reply } from './workspace-api.ts';

/** A push as it comes, over HTTP or a socket. */
export async function readPushFrame(bytes: Bytes): Promise<Reply<PushedRows>> {
  const frame = decodeFrame(bytes);
  if (!frame.ok) return fail({ code: 'bad-request' });
  const push = parseMessage(frame.value.header, pushSchema);
  if (!push.ok) return push;
  const blobs = splitBody(
    frame.value.body,
    push.value.rows.map(({ size }) => size),
  );
  if (!blobs) return fail({ code: 'bad-request' });
  return succeed({ push: push.value, blobs, digest: await sha256(bytes) });
}
