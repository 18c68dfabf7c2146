import type { DeviceId } from '../clock.ts';
import { bytesToHex, concatBytes, hexToBytes, u32ToBytes, type Bytes } from './bytes.ts';
import { deriveBytes, deriveMacKey, deriveSealingKey, toRoot } from './derive.ts';
import type { RowKey, WorkspaceId } from './ids.ts';
import { newestEpochKey, type EpochKey, type Keyring } from './keyring.ts';

const ROW_KEY_BYTES = 16;
const PROOF_BYTES = 32;
const KEY_CHECK_BYTES = 16;

/** What a device works with, derived from its keyring. The CryptoKeys inside cannot be exported. */
export interface WorkspaceKeys {
  readonly workspaceId: WorkspaceId;
  /** The epoch that new rows are sealed under. */
  readonly keyEpoch: number;
  /** Null when this device does not hold that epoch's key. */
  sealingKey(keyEpoch: number, device: DeviceId): Promise<CryptoKey | null>;
  /** The same in every key epoch. */
  rowKey(table: string, id: string): Promise<RowKey>;
  /**
   * Equal for equal content of the same row in every key epoch, and says nothing else to one
   * without the key.
   */
  contentHash(rowKey: RowKey, plaintext: Bytes): Promise<string>;
  /** What a request shows to prove that its sender holds the newest key; the worker keeps its hash. */
  readonly proof: Bytes;
  /** Compared before anything is opened: a wrong key must stop sync and not condemn the data. */
  readonly keyCheck: string;
}

export async function createWorkspaceKeys(
  workspaceId: WorkspaceId,
  keyring: Keyring,
): Promise<WorkspaceKeys> {
  const salt = hexToBytes(workspaceId);
  const newest = newestEpochKey(keyring);
  const idRoot = await toRoot(keyring.idKey);
  const epochRoots = new Map(
    await Promise.all(
      keyring.epochKeys.map(async ({ epoch, key }) => [epoch, await toRoot(key)] as const),
    ),
  );
  const [namingKey, hashingKey, proof, keyCheck] = await Promise.all([
    deriveMacKey(idRoot, { purpose: 'row key', salt }),
    deriveMacKey(idRoot, { purpose: 'content hash', salt }),
    proofOf(workspaceId, newest),
    keyCheckOf(workspaceId, keyring.idKey, newest),
  ]);
  const sealingKeys = new Map<string, Promise<CryptoKey>>();

  return {
    workspaceId,
    keyEpoch: newest.epoch,
    proof,
    keyCheck,
    async sealingKey(epoch, device) {
      const root = epochRoots.get(epoch);
      if (!root) return null;
      const name = `${String(epoch)}/${device}`;
      const known = sealingKeys.get(name);
      if (known) return known;
      const context = concatBytes(u32ToBytes(epoch), hexToBytes(device));
      const derived = deriveSealingKey(root, { purpose: 'seal', salt, context });
      sealingKeys.set(name, derived);
      return derived;
    },
    async rowKey(table, id) {
      return bytesToHex(await mac(namingKey, lengthPrefixed(table, id))) as RowKey;
    },
    async contentHash(rowKey, plaintext) {
      return bytesToHex(await mac(hashingKey, concatBytes(hexToBytes(rowKey), plaintext)));
    },
  };
}

export const proofOf = async (workspaceId: WorkspaceId, { epoch, key }: EpochKey): Promise<Bytes> =>
  deriveBytes(
    await toRoot(key),
    { purpose: 'proof', salt: hexToBytes(workspaceId), context: u32ToBytes(epoch) },
    PROOF_BYTES,
  );

/**
 * Public, in every signed state. Derived from the id key and the epoch's key together, so that it
 * vouches for both: a worker cannot slip a device keys of its own making.
 */
export async function keyCheckOf(
  workspaceId: WorkspaceId,
  idKey: Bytes,
  { epoch, key }: EpochKey,
): Promise<string> {
  const root = await toRoot(concatBytes(idKey, key));
  const salt = hexToBytes(workspaceId);
  const derivation = { purpose: 'key check', salt, context: u32ToBytes(epoch) };
  return bytesToHex(await deriveBytes(root, derivation, KEY_CHECK_BYTES));
}

const encoder = new TextEncoder();

/**
 * Without the length, table `ab` with id `c` and table `a` with id `bc` would share a name. In one
 * piece, since a first pull does this for each of a million rows.
 */
function lengthPrefixed(...texts: readonly string[]): Bytes {
  const most = texts.reduce((sum, text) => sum + 4 + 3 * text.length, 0);
  const bytes = new Uint8Array(most);
  const view = new DataView(bytes.buffer);
  let end = 0;
  for (const text of texts) {
    const { written } = encoder.encodeInto(text, bytes.subarray(end + 4));
    view.setUint32(end, written);
    end += 4 + written;
  }
  return bytes.subarray(0, end);
}

const mac = async (key: CryptoKey, bytes: Bytes): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.sign('HMAC', key, bytes), 0, ROW_KEY_BYTES);
