import type { DeviceId } from '../clock.ts';
import { concatBytes, hexToBytes, sha256, textToBytes, u32ToBytes, type Bytes } from './bytes.ts';
import { openBox, sealBox } from './box.ts';
import { agreeX25519, newBoxPair } from './device-keys.ts';
import { deriveSealingKey, toRoot } from './derive.ts';
import type { WorkspaceId } from './ids.ts';
import { bytesToKeyring, keyringToBytes, newestEpochKey, type Keyring } from './keyring.ts';

/**
 * A key package: the id key and the newest epoch key for one device, which alone can open it. Its
 * sender cannot be told from it: what it brings counts only if it has the key check of the signed
 * state.
 *
 * public key of a pair made for this package, 32 bytes ‖ box.
 */
const PUBLIC_KEY_BYTES = 32;

export interface PackageAddress {
  readonly workspaceId: WorkspaceId;
  readonly keyEpoch: number;
  readonly device: DeviceId;
}

export async function sealKeyPackage(
  address: PackageAddress,
  boxKey: Bytes,
  keyring: Keyring,
  randomBytes: (length: number) => Bytes,
): Promise<Bytes | null> {
  const sender = await newBoxPair();
  const shared = await agreeX25519(sender.privateKey, boxKey);
  if (!shared) return null;
  const key = await packageKey(shared, sender.publicKey, boxKey);
  const newest = keyringToBytes({ ...keyring, epochKeys: [newestEpochKey(keyring)] });
  return concatBytes(
    sender.publicKey,
    await sealBox(key, newest, additionalData(address), randomBytes),
  );
}

/** Null when it is not for this device and epoch, or broken. */
export async function openKeyPackage(
  address: PackageAddress,
  box: { readonly privateKey: CryptoKey; readonly publicKey: Bytes },
  sealed: Bytes,
): Promise<Keyring | null> {
  const sender = sealed.slice(0, PUBLIC_KEY_BYTES);
  const shared = await agreeX25519(box.privateKey, sender);
  if (!shared) return null;
  const key = await packageKey(shared, sender, box.publicKey);
  const plain = await openBox(key, sealed.subarray(PUBLIC_KEY_BYTES), additionalData(address));
  const keyring = plain && bytesToKeyring(plain);
  const isAsked =
    keyring?.epochKeys.length === 1 && keyring.epochKeys[0].epoch === address.keyEpoch;
  return isAsked ? keyring : null;
}

const packageKey = async (shared: Bytes, sender: Bytes, receiver: Bytes): Promise<CryptoKey> =>
  deriveSealingKey(await toRoot(shared), {
    purpose: 'key package',
    salt: await sha256(concatBytes(sender, receiver)),
  });

const additionalData = ({ workspaceId, keyEpoch, device }: PackageAddress): Bytes =>
  concatBytes(
    textToBytes('mainstay key package'),
    hexToBytes(workspaceId),
    u32ToBytes(keyEpoch),
    hexToBytes(device),
  );
