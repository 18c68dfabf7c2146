import type { DeviceId } from '../../shared/clock.ts';
import { concatBytes, type Bytes } from '../../shared/protocol/bytes.ts';
import { TOKEN_BYTES, type Credentials } from '../../shared/protocol/credentials.ts';
import type { WorkspaceId } from '../../shared/protocol/ids.ts';
import { KEY_BYTES } from '../../shared/protocol/keyring.ts';
import { createWorkspaceKeys, type WorkspaceKeys } from '../../shared/protocol/keys.ts';

/**
 * Membership as it is stored. Workspace key and token are wrapped by a CryptoKey that cannot be
 * exported: a copy of the database's files does not hold them in the clear, and pairing can still
 * hand the key on.
 */
export interface StoredIdentity {
  readonly workerUrl: string;
  readonly workspaceId: WorkspaceId;
  readonly device: DeviceId;
  readonly deviceName: string;
  readonly keyEpoch: number;
  readonly wrapper: CryptoKey;
  readonly iv: Bytes;
  readonly wrapped: Bytes;
  /** False from the moment the device decides to create the workspace until the worker confirms. */
  readonly isConfirmed: boolean;
}

export interface NewIdentity {
  readonly workerUrl: string;
  readonly workspaceId: WorkspaceId;
  readonly device: DeviceId;
  readonly deviceName: string;
  readonly keyEpoch: number;
  readonly workspaceKey: Bytes;
  readonly token: Bytes;
  readonly isConfirmed: boolean;
}

/** An identity with its keys derived, ready for use. */
export interface Member {
  readonly identity: StoredIdentity;
  readonly keys: WorkspaceKeys;
  readonly credentials: Credentials;
}

const IV_BYTES = 12;

export async function wrapIdentity(
  { workspaceKey, token, ...rest }: NewIdentity,
  randomBytes: (length: number) => Bytes,
): Promise<StoredIdentity> {
  const wrapper = await crypto.subtle.importKey('raw', randomBytes(32), 'AES-GCM', false, [
    'encrypt',
    'decrypt',
  ]);
  const iv = randomBytes(IV_BYTES);
  const wrapped = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv },
    wrapper,
    concatBytes(workspaceKey, token),
  );
  return { ...rest, wrapper, iv, wrapped: new Uint8Array(wrapped) };
}

export async function openIdentity(identity: StoredIdentity): Promise<Member> {
  const { workspaceKey, token } = await unwrap(identity);
  const keys = await createWorkspaceKeys(identity.workspaceId, {
    idKey: workspaceKey,
    epochKeys: [{ epoch: identity.keyEpoch, key: workspaceKey }],
  });
  return {
    identity,
    keys,
    credentials: { device: identity.device, token, proof: keys.proof },
  };
}

/** For the moment of handing it to a paired device; kept nowhere else. */
export const unwrapWorkspaceKey = async (identity: StoredIdentity): Promise<Bytes> =>
  (await unwrap(identity)).workspaceKey;

async function unwrap({ wrapper, iv, wrapped }: StoredIdentity) {
  const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, wrapper, wrapped);
  const bytes = new Uint8Array(plain);
  return {
    workspaceKey: bytes.slice(0, KEY_BYTES),
    token: bytes.slice(KEY_BYTES, KEY_BYTES + TOKEN_BYTES),
  };
}
