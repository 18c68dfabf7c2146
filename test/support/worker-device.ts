import { bytesToHex, type Bytes } from '../../shared/protocol/bytes.ts';
import { AUTH_SCHEME, formatCredentials } from '../../shared/protocol/credentials.ts';
import { encodeFrame } from '../../shared/protocol/frame.ts';
import { sealKeyPackages } from '../../shared/protocol/key-epoch.ts';
import { createWorkspaceKeys } from '../../shared/protocol/keys.ts';
import { CLIENT_HEADER, CLIENT_VERSION, PROTOCOL_VERSION } from '../../shared/protocol/limits.ts';
import { begin, type Begun } from '../unit/protocol/support/people.ts';
import { randomBytes } from '../unit/protocol/support/random.ts';

/** The first device of a workspace at a running worker, without the extension around it. */
export interface WorkerDevice extends Begun {
  /** The storage's. */
  readonly epoch: string;
  readonly credentials: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface Pushed {
  readonly rkey: Bytes;
  readonly seq: number | null;
  readonly hash: string;
  readonly sealed: Bytes;
}

export async function createDevice(url: string): Promise<WorkerDevice> {
  const begun = await begin();
  const { workspace, keyring, owner, first } = begun;
  const packages = await sealKeyPackages(workspace, keyring, [owner.device], randomBytes);
  const response = await fetch(`${url}/v1/workspaces`, {
    method: 'POST',
    body: JSON.stringify({ v: PROTOCOL_VERSION, type: 'create', states: [first.signed], packages }),
  });
  const status: unknown = await response.json();
  if (typeof status !== 'object' || status === null || !('epoch' in status)) {
    throw new Error(`no workspace: ${JSON.stringify(status)}`);
  }
  const { proof } = await createWorkspaceKeys(workspace, keyring);
  const credentials = formatCredentials({ device: owner.device.id, token: owner.token, proof });
  return {
    ...begun,
    epoch: String(status.epoch),
    credentials,
    headers: {
      Authorization: `${AUTH_SCHEME} ${credentials}`,
      [CLIENT_HEADER]: String(CLIENT_VERSION),
    },
  };
}

export const pushFrameOf = (
  { epoch }: WorkerDevice,
  batch: number,
  cursor: number,
  rows: readonly Pushed[],
): Bytes =>
  encodeFrame(
    {
      v: PROTOCOL_VERSION,
      type: 'push',
      batch,
      epoch,
      cursor,
      rows: rows.map(({ rkey, seq, hash, sealed }) => ({
        rkey: bytesToHex(rkey),
        lane: 1,
        seq,
        hash,
        dead: false,
        size: sealed.length,
      })),
    },
    rows.map(({ sealed }) => sealed),
  );
