import * as v from 'valibot';
import type { DeviceId } from '../../../shared/clock.ts';
import { base64UrlToBytes, bytesToBase64Url, textToBytes } from '../../../shared/protocol/bytes.ts';
import { parseJson } from '../../../shared/protocol/json.ts';
import type { WorkspaceKeys } from '../../../shared/protocol/keys.ts';
import { open, seal } from '../../../shared/seal.ts';
import type { SyncDeps } from '../deps.ts';

/** Tables of these names cannot exist, so that nobody's name can ever pass for a row. */
export type Named = '#device' | '#member' | '#invitation';

export interface Sealing {
  readonly keys: WorkspaceKeys;
  /** Whose sealing key is used: the device that signs. */
  readonly device: DeviceId;
}

const nameSchema = v.object({ name: v.string() });

/** What people and devices are called is in the signed state, and the worker never learns it. */
export async function sealName(
  { randomBytes }: Pick<SyncDeps, 'randomBytes'>,
  { keys, device }: Sealing,
  what: Named,
  id: string,
  name: string,
): Promise<string> {
  const rkey = await keys.rowKey(what, id);
  const plaintext = textToBytes(JSON.stringify({ name }));
  return bytesToBase64Url(await seal(keys, device, rkey, plaintext, randomBytes));
}

/** Null when it cannot be read here. */
export async function openName(
  keys: WorkspaceKeys,
  what: Named,
  id: string,
  label: string,
): Promise<string | null> {
  const sealed = base64UrlToBytes(label);
  if (!sealed) return null;
  const opened = await open(keys, await keys.rowKey(what, id), sealed);
  if (!opened.ok) return null;
  return parseJson(opened.value, nameSchema)?.name ?? null;
}
