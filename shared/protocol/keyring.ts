import { concatBytes, u32ToBytes, type Bytes } from './bytes.ts';

export const KEY_BYTES = 32;
/** Raised when a device or member is removed; every epoch has a random key of its own. */
export const FIRST_KEY_EPOCH = 1;

export interface EpochKey {
  readonly epoch: number;
  readonly key: Bytes;
}

/**
 * All secrets of a workspace. The id key names rows and hashes their content and never changes; the
 * newest epoch key seals, the older ones only open.
 */
export interface Keyring {
  readonly idKey: Bytes;
  /** Ascending and without a gap; never empty. */
  readonly epochKeys: readonly [EpochKey, ...EpochKey[]];
}

type RandomBytes = (length: number) => Bytes;

export const newKeyring = (randomBytes: RandomBytes): Keyring => ({
  idKey: randomBytes(KEY_BYTES),
  epochKeys: [{ epoch: FIRST_KEY_EPOCH, key: randomBytes(KEY_BYTES) }],
});

export function newestEpochKey({ epochKeys: [first, ...others] }: Keyring): EpochKey {
  return others.at(-1) ?? first;
}

/** With the next epoch's key, which no removed device has ever seen. */
export function withNextEpoch(keyring: Keyring, randomBytes: RandomBytes): Keyring {
  const [first, ...others] = keyring.epochKeys;
  const next = { epoch: newestEpochKey(keyring).epoch + 1, key: randomBytes(KEY_BYTES) };
  return { ...keyring, epochKeys: [first, ...others, next] };
}

/** id key ‖ for each epoch `u32(epoch)` ‖ key: how a keyring is wrapped, kept and handed on. */
export const keyringToBytes = ({ idKey, epochKeys }: Keyring): Bytes =>
  concatBytes(idKey, ...epochKeys.flatMap(({ epoch, key }) => [u32ToBytes(epoch), key]));

const ENTRY_BYTES = 4 + KEY_BYTES;

export function bytesToKeyring(bytes: Bytes): Keyring | null {
  const entries = (bytes.length - KEY_BYTES) / ENTRY_BYTES;
  if (!Number.isSafeInteger(entries) || entries < 1) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const [first, ...others] = Array.from({ length: entries }, (_, index): EpochKey => {
    const at = KEY_BYTES + index * ENTRY_BYTES;
    return { epoch: view.getUint32(at), key: bytes.slice(at + 4, at + ENTRY_BYTES) };
  });
  if (!first || first.epoch < FIRST_KEY_EPOCH) return null;
  if (others.some(({ epoch }, index) => epoch !== first.epoch + index + 1)) return null;
  return { idKey: bytes.slice(0, KEY_BYTES), epochKeys: [first, ...others] };
}
