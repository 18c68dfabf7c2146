import type { DeviceId } from '../clock.ts';
import {
  bytesToHex,
  concatBytes,
  hexToBytes,
  textToBytes,
  u32ToBytes,
  type Bytes,
} from './bytes.ts';
import type { RowKey, WorkspaceId } from './ids.ts';

export const WORKSPACE_KEY_BYTES = 32;
/** Raised when a device is revoked; every epoch has a random key of its own. */
export const FIRST_KEY_EPOCH = 1;

const LABEL = 'mainstay/1 ';
const ROW_KEY_BYTES = 16;

/**
 * Everything derived from the workspace key by HKDF-SHA-256, salted with the workspace id. The
 * derived CryptoKeys cannot be exported.
 */
export interface WorkspaceKeys {
  readonly workspaceId: WorkspaceId;
  /** The epoch that new rows are sealed under. */
  readonly keyEpoch: number;
  /** Null when this device does not hold that epoch's key. */
  sealingKey(keyEpoch: number, device: DeviceId): Promise<CryptoKey | null>;
  rowKey(table: string, id: string): Promise<RowKey>;
  /** Equal for equal content of the same row, and says nothing else to one without the key. */
  contentHash(rowKey: RowKey, plaintext: Bytes): Promise<string>;
  /** What a request shows to prove that its sender holds the key; the worker keeps its hash. */
  readonly proof: Bytes;
  /** Compared before anything is opened: a wrong key must stop sync and not condemn the data. */
  readonly keyCheck: string;
}

export async function createWorkspaceKeys(
  workspaceId: WorkspaceId,
  workspaceKey: Bytes,
  keyEpoch: number = FIRST_KEY_EPOCH,
): Promise<WorkspaceKeys> {
  const root = await crypto.subtle.importKey('raw', workspaceKey, 'HKDF', false, [
    'deriveKey',
    'deriveBits',
  ]);
  const salt = hexToBytes(workspaceId);
  const hkdf = (purpose: string, ...context: readonly Uint8Array[]) => ({
    name: 'HKDF',
    hash: 'SHA-256',
    salt,
    info: concatBytes(textToBytes(LABEL + purpose), ...context),
  });
  const hmacKey = (purpose: string): Promise<CryptoKey> =>
    crypto.subtle.deriveKey(
      hkdf(purpose),
      root,
      { name: 'HMAC', hash: 'SHA-256', length: 256 },
      false,
      ['sign'],
    );
  const [idKey, hashKey, proof, check] = await Promise.all([
    hmacKey('row key'),
    hmacKey('content hash'),
    crypto.subtle.deriveBits(hkdf('proof', u32ToBytes(keyEpoch)), root, 256),
    crypto.subtle.deriveBits(hkdf('key check', u32ToBytes(keyEpoch)), root, 128),
  ]);
  const sealingKeys = new Map<string, Promise<CryptoKey>>();

  return {
    workspaceId,
    keyEpoch,
    proof: new Uint8Array(proof),
    keyCheck: bytesToHex(new Uint8Array(check)),
    async sealingKey(epoch, device) {
      if (epoch !== keyEpoch) return null;
      const name = `${String(epoch)}/${device}`;
      const known = sealingKeys.get(name);
      if (known) return known;
      const derived = crypto.subtle.deriveKey(
        hkdf('seal', u32ToBytes(epoch), hexToBytes(device)),
        root,
        { name: 'AES-GCM', length: 256 },
        false,
        ['encrypt', 'decrypt'],
      );
      sealingKeys.set(name, derived);
      return derived;
    },
    async rowKey(table, id) {
      const name = concatBytes(lengthPrefixed(table), lengthPrefixed(id));
      return bytesToHex(await mac(idKey, name)) as RowKey;
    },
    async contentHash(rowKey, plaintext) {
      return bytesToHex(await mac(hashKey, concatBytes(hexToBytes(rowKey), plaintext)));
    },
  };
}

/** Without the length, table `ab` with id `c` and table `a` with id `bc` would share a name. */
function lengthPrefixed(text: string): Bytes {
  const bytes = textToBytes(text);
  return concatBytes(u32ToBytes(bytes.length), bytes);
}

const mac = async (key: CryptoKey, bytes: Bytes): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.sign('HMAC', key, bytes)).slice(0, ROW_KEY_BYTES);
