import * as v from 'valibot';
import type { DeviceId } from '../../shared/clock.ts';
import { textToBytes, type Bytes } from '../../shared/protocol/bytes.ts';
import { toCanonicalJson } from '../../shared/protocol/canonical.ts';
import type { Lane, RowKey } from '../../shared/protocol/ids.ts';
import { parseJson } from '../../shared/protocol/json.ts';
import type { WorkspaceKeys } from '../../shared/protocol/keys.ts';
import { fail, succeed, type Outcome } from '../../shared/protocol/outcome.ts';
import { isDeleted } from '../../shared/merge.ts';
import { isPackedRow, unpackRow } from '../../shared/row.ts';
import { open, readEnvelopeHeader, seal } from '../../shared/seal.ts';
import type { PendingRow, RemoteRow } from '../db/sync-store.ts';
import type { SetAside } from './store-keys.ts';
import type { Received } from './take-in.ts';

export interface SealedRow {
  readonly pending: PendingRow;
  readonly rkey: RowKey;
  readonly lane: Lane;
  readonly hash: string;
  /** Deleted: the worker clears it away when every device has heard of it. */
  readonly dead: boolean;
  readonly sealed: Bytes;
}

/** Fetched first by a new device: what the first screen shows. Everything unknown comes last. */
const FIRST = new Set(['clients', 'contacts', 'promises', 'settings']);
const laneOf = (table: string): Lane => (FIRST.has(table) ? 0 : table === 'interactions' ? 1 : 2);

const plaintextSchema = v.object({
  table: v.pipe(v.string(), v.regex(/^.{1,64}$/)),
  id: v.pipe(v.string(), v.regex(/^.{1,128}$/)),
  row: v.unknown(),
});

export async function sealRow(
  keys: WorkspaceKeys,
  device: DeviceId,
  pending: PendingRow,
  randomBytes: (length: number) => Bytes,
): Promise<SealedRow> {
  const { table, id, row } = pending;
  const plaintext = textToBytes(toCanonicalJson({ table, id, row }));
  const rkey = await keys.rowKey(table, id);
  const [hash, sealed] = await Promise.all([
    keys.contentHash(rkey, plaintext),
    seal(keys, device, rkey, plaintext, randomBytes),
  ]);
  const dead = isDeleted(unpackRow(row));
  return { pending, rkey, lane: laneOf(table), hash, dead, sealed };
}

/**
 * What was sealed at this place by a device that was ever allowed to write, and nothing else. A
 * viewer could seal, having the keys; but no signed state says that it may.
 */
export async function openRow(
  keys: WorkspaceKeys,
  writers: ReadonlySet<DeviceId>,
  { rkey, seq, hash, sealed }: Received,
  isHashChecked = true,
): Promise<Outcome<RemoteRow, SetAside['reason']>> {
  const envelope = readEnvelopeHeader(sealed);
  if (envelope && !writers.has(envelope.device)) return fail('not-authentic');
  const opened = await open(keys, rkey, sealed);
  if (!opened.ok) {
    return fail(opened.error === 'unknown-key-epoch' ? 'newer-version' : opened.error);
  }
  const parsed = parsePlaintext(opened.value);
  if (!parsed) return fail('malformed');
  const { table, id, row } = parsed;
  // The version that the worker names is not the one it gives. Both sides would look equal for ever.
  if (isHashChecked && (await keys.contentHash(rkey, opened.value)) !== hash)
    return fail('malformed');
  // A member's own mistake: its row would overwrite another one here.
  if ((await keys.rowKey(table, id)) !== rkey) return fail('not-authentic');
  return succeed({ table, id, row, seq, rkey, hash, bytes: opened.value });
}

function parsePlaintext(bytes: Bytes): Pick<RemoteRow, 'table' | 'id' | 'row'> | null {
  const parsed = parseJson(bytes, plaintextSchema);
  if (!parsed || !isPackedRow(parsed.row)) return null;
  const { table, id, row } = parsed;
  return { table, id, row };
}
