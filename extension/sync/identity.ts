import type { DeviceId } from '../../shared/clock.ts';
import { openBox, sealBox } from '../../shared/protocol/box.ts';
import { concatBytes, textToBytes, type Bytes } from '../../shared/protocol/bytes.ts';
import { TOKEN_BYTES } from '../../shared/protocol/credentials.ts';
import type { DeviceKeys } from '../../shared/protocol/device-keys.ts';
import type { MemberId, WorkspaceId } from '../../shared/protocol/ids.ts';
import { bytesToKeyring, keyringToBytes, type Keyring } from '../../shared/protocol/keyring.ts';

type RandomBytes = (length: number) => Bytes;

/** What a device knows that nobody else may: its token, and the workspace's keys. */
export interface Secrets {
  readonly token: Bytes;
  readonly keyring: Keyring;
}

/** How much work it is to get from a passphrase to its key; see membership/passphrase.ts. */
export interface PassphraseCost {
  readonly memoryKiB: number;
  readonly passes: number;
}

interface PassphraseLock {
  readonly salt: Bytes;
  readonly cost: PassphraseCost;
  /** Locked again after this long without a sign of its user. */
  readonly idleMs: number;
}

/**
 * The secrets as they lie on disk. Without a passphrase they are wrapped by a CryptoKey that cannot
 * be exported: a copy of the database's files does not hold them in the clear. With one, the key
 * comes from the passphrase and is on no disk at all.
 */
export type SealedSecrets =
  | { readonly kind: 'device'; readonly wrapper: CryptoKey; readonly box: Bytes }
  | ({ readonly kind: 'passphrase'; readonly box: Bytes } & PassphraseLock);

/** This device's membership as it is stored. */
export interface StoredIdentity {
  readonly workerUrl: string;
  readonly workspaceId: WorkspaceId;
  readonly device: DeviceId;
  readonly deviceName: string;
  readonly member: MemberId;
  /** The private halves can be used and never read. */
  readonly keys: DeviceKeys;
  readonly secrets: SealedSecrets;
  /** Another one after each change, so that nobody goes on with what was opened before it. */
  readonly revision: string;
}

const SECRETS_DATA = textToBytes('mainstay secrets');

export async function sealByDevice(
  secrets: Secrets,
  randomBytes: RandomBytes,
): Promise<SealedSecrets> {
  const wrapper = await toWrapper(randomBytes(32));
  return { kind: 'device', wrapper, box: await sealWith(wrapper, secrets, randomBytes) };
}

export async function sealByPassphrase(
  secrets: Secrets,
  lockKey: Bytes,
  lock: PassphraseLock,
  randomBytes: RandomBytes,
): Promise<SealedSecrets> {
  const box = await sealWith(await toWrapper(lockKey), secrets, randomBytes);
  return { kind: 'passphrase', ...lock, box };
}

/** Other secrets in the same wrapping. */
export async function sealAgain(
  sealed: SealedSecrets,
  secrets: Secrets,
  lockKey: Bytes | null,
  randomBytes: RandomBytes,
): Promise<SealedSecrets> {
  const wrapper = await wrapperOf(sealed, lockKey);
  if (!wrapper) throw new Error('secrets that are locked cannot be changed');
  return { ...sealed, box: await sealWith(wrapper, secrets, randomBytes) };
}

/** Null when `lockKey` is not the one, or missing where there is a passphrase. */
export async function openSecrets(
  sealed: SealedSecrets,
  lockKey: Bytes | null,
): Promise<Secrets | null> {
  const wrapper = await wrapperOf(sealed, lockKey);
  const plain = wrapper && (await openBox(wrapper, sealed.box, SECRETS_DATA));
  const keyring = plain && bytesToKeyring(plain.slice(TOKEN_BYTES));
  return keyring ? { token: plain.slice(0, TOKEN_BYTES), keyring } : null;
}

async function wrapperOf(sealed: SealedSecrets, lockKey: Bytes | null): Promise<CryptoKey | null> {
  if (sealed.kind === 'device') return sealed.wrapper;
  return lockKey && toWrapper(lockKey);
}

const sealWith = (
  wrapper: CryptoKey,
  { token, keyring }: Secrets,
  randomBytes: RandomBytes,
): Promise<Bytes> =>
  sealBox(wrapper, concatBytes(token, keyringToBytes(keyring)), SECRETS_DATA, randomBytes);

const toWrapper = (key: Bytes): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt', 'decrypt']);
