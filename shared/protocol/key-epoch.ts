import type { DeviceId } from '../clock.ts';
import {
  base64UrlToBytes,
  bytesToBase64Url,
  bytesToHex,
  concatBytes,
  hexToBytes,
  sha256,
  textToBytes,
  u32ToBytes,
  type Bytes,
} from './bytes.ts';
import { openBox, sealBox } from './box.ts';
import { deriveSealingKey, toRoot } from './derive.ts';
import type { WorkspaceId } from './ids.ts';
import { sealKeyPackage } from './key-package.ts';
import {
  FIRST_KEY_EPOCH,
  KEY_BYTES,
  newestEpochKey,
  withNextEpoch,
  type EpochKey,
  type Keyring,
} from './keyring.ts';
import { keyCheckOf, proofOf } from './keys.ts';
import { fail, succeed, type Outcome } from './outcome.ts';
import type { KeyPackage, WorkspaceState } from './workspace-state.ts';

type RandomBytes = (length: number) => Bytes;

/** What a signed state says of the key epoch that it begins. */
export type EpochFields = Pick<WorkspaceState, 'keyEpoch' | 'keyCheck' | 'proofHash' | 'chain'>;

/** For the first state of a workspace. */
export async function firstEpochFields(
  workspaceId: WorkspaceId,
  keyring: Keyring,
): Promise<EpochFields> {
  const newest = newestEpochKey(keyring);
  return {
    keyEpoch: newest.epoch,
    keyCheck: await keyCheckOf(workspaceId, keyring.idKey, newest),
    proofHash: bytesToHex(await sha256(await proofOf(workspaceId, newest))),
  };
}

/** A new key for what is written from now on; its state carries the way back to the one before. */
export async function beginKeyEpoch(
  workspaceId: WorkspaceId,
  keyring: Keyring,
  randomBytes: RandomBytes,
): Promise<{ readonly keyring: Keyring; readonly fields: EpochFields }> {
  const next = withNextEpoch(keyring, randomBytes);
  const newest = newestEpochKey(next);
  const link = await sealBox(
    await chainKey(workspaceId, newest),
    newestEpochKey(keyring).key,
    chainData(workspaceId, newest.epoch),
    randomBytes,
  );
  const fields = await firstEpochFields(workspaceId, next);
  return { keyring: next, fields: { ...fields, chain: bytesToBase64Url(link) } };
}

/** One package for each of these devices. Null: one of them has a public key that is none. */
export async function sealKeyPackages(
  workspaceId: WorkspaceId,
  keyring: Keyring,
  devices: readonly { readonly id: DeviceId; readonly boxKey: string }[],
  randomBytes: RandomBytes,
): Promise<readonly KeyPackage[] | null> {
  const keyEpoch = newestEpochKey(keyring).epoch;
  const packages: KeyPackage[] = [];
  for (const { id, boxKey } of devices) {
    const address = { workspaceId, keyEpoch, device: id };
    const publicKey = base64UrlToBytes(boxKey) ?? new Uint8Array(0);
    const sealed = await sealKeyPackage(address, publicKey, keyring, randomBytes);
    if (!sealed) return null;
    packages.push({ device: id, sealed: bytesToBase64Url(sealed) });
  }
  return packages;
}

/**
 * From what a key package has brought to the whole keyring: back along the chain, each key checked
 * against the signed state that began its epoch.
 *
 * `states`: verified ones, ascending, from the first to the one whose epoch the package is of.
 */
export async function completeKeyring(
  workspaceId: WorkspaceId,
  received: Keyring,
  states: readonly WorkspaceState[],
): Promise<Outcome<Keyring, 'wrong-key'>> {
  let oldest = newestEpochKey(received);
  const epochKeys: [EpochKey, ...EpochKey[]] = [oldest];
  for (;;) {
    const began = states.find(({ keyEpoch }) => keyEpoch === oldest.epoch);
    const keyCheck = await keyCheckOf(workspaceId, received.idKey, oldest);
    if (began?.keyCheck !== keyCheck) return fail('wrong-key');
    if (oldest.epoch === FIRST_KEY_EPOCH) return succeed({ idKey: received.idKey, epochKeys });
    const previous = await openChainLink(workspaceId, oldest, began.chain ?? '');
    if (!previous) return fail('wrong-key');
    oldest = previous;
    epochKeys.unshift(previous);
  }
}

async function openChainLink(
  workspaceId: WorkspaceId,
  from: EpochKey,
  chain: string,
): Promise<EpochKey | null> {
  const link = base64UrlToBytes(chain);
  if (!link) return null;
  const data = chainData(workspaceId, from.epoch);
  const key = await openBox(await chainKey(workspaceId, from), link, data);
  return key?.length === KEY_BYTES ? { epoch: from.epoch - 1, key } : null;
}

const chainKey = async (workspaceId: WorkspaceId, { epoch, key }: EpochKey): Promise<CryptoKey> =>
  deriveSealingKey(await toRoot(key), {
    purpose: 'key chain',
    salt: hexToBytes(workspaceId),
    context: u32ToBytes(epoch),
  });

const chainData = (workspaceId: WorkspaceId, epoch: number): Bytes =>
  concatBytes(textToBytes('mainstay key chain'), hexToBytes(workspaceId), u32ToBytes(epoch));
