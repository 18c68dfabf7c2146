import * as v from 'valibot';
import type { DeviceId } from '../../shared/clock.ts';
import { base64UrlToBytes, bytesToBase64Url, textToBytes } from '../../shared/protocol/bytes.ts';
import { parseJson } from '../../shared/protocol/json.ts';
import { open, seal } from '../../shared/seal.ts';
import type { Member } from './identity.ts';
import type { Session } from './session.ts';

const nameSchema = v.object({ name: v.string() });
/** No table of this name can exist, so a device's name can never pass for a row. */
const DEVICE_TABLE = '#device';

/** The worker lists the devices and never learns what they are called. */
export async function sealDeviceName(
  {
    deps,
    member,
  }: { readonly deps: Pick<Session['deps'], 'randomBytes'>; readonly member: Member },
  device: DeviceId,
  name: string,
): Promise<string> {
  const rkey = await member.keys.rowKey(DEVICE_TABLE, device);
  const plaintext = textToBytes(JSON.stringify({ name }));
  return bytesToBase64Url(
    await seal(member.keys, member.identity.device, rkey, plaintext, deps.randomBytes),
  );
}

/** Null when it cannot be read here. */
export async function openDeviceName(
  { keys }: Member,
  device: DeviceId,
  label: string,
): Promise<string | null> {
  const sealed = base64UrlToBytes(label);
  if (!sealed) return null;
  const opened = await open(keys, await keys.rowKey(DEVICE_TABLE, device), sealed);
  if (!opened.ok) return null;
  return parseJson(opened.value, nameSchema)?.name ?? null;
}
