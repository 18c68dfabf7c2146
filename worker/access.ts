import type { DeviceId } from '../shared/clock.ts';
import { isEqualBytes, type Bytes } from '../shared/protocol/bytes.ts';
import type { MemberId } from '../shared/protocol/ids.ts';
import { fail, succeed } from '../shared/protocol/outcome.ts';
import type { Role, StateDevice } from '../shared/protocol/workspace-state.ts';
import { bytesOf, firstRow, numberOf, textOf, type Sql } from './sql.ts';
import type { Auth, Reply } from './workspace-api.ts';
import { readWorkspace, type WorkspaceRecord } from './workspace-record.ts';

/** A device of the newest signed state, with what that state lets it do. */
export interface Caller {
  readonly workspace: WorkspaceRecord;
  readonly device: DeviceId;
  readonly member: MemberId;
  readonly role: Role;
  readonly kind: StateDevice['kind'];
  /** Up to where it has said to have applied everything. */
  readonly pulled: number;
}

/**
 * `token`: signed states and the device's own key package, which it needs to get at the newest key.
 * `key`: everything else.
 */
export type Needs = 'token' | 'key';

/** Clients below this could not talk to this worker. */
const MIN_CLIENT_VERSION = 1;
/** To the hour: each update is billed as a row written, and nobody needs to know more. */
const SEEN_STEP_MS = 60 * 60 * 1000;

export function authorise(sql: Sql, auth: Auth, nowMs: number, needs: Needs): Reply<Caller> {
  const workspace = readWorkspace(sql);
  if (!workspace) return fail({ code: 'no-workspace' });
  const row = firstRow(
    sql,
    'SELECT member, role, kind, token_hash, seen_at, pulled FROM devices WHERE id = ?',
    auth.device,
  );
  if (!row || !isEqualBytes(bytesOf(row, 'token_hash'), auth.tokenHash)) {
    return fail({ code: 'unauthorised' });
  }
  if (needs === 'key') {
    const proven = epochProvenBy(sql, auth.proofHash);
    if (proven === null) return fail({ code: 'wrong-key' });
    if (proven < workspace.keyEpoch) return fail({ code: 'old-key-epoch' });
    const floor = Math.max(workspace.floor, MIN_CLIENT_VERSION);
    if (auth.clientVersion < floor) return fail({ code: 'client-too-old', floor });
  }
  if (nowMs - numberOf(row, 'seen_at') >= SEEN_STEP_MS) {
    sql.run('UPDATE devices SET seen_at = ? WHERE id = ?', hourOf(nowMs), auth.device);
  }
  return succeed({
    workspace,
    device: auth.device,
    // Written by state-store.ts, from a state that was checked.
    member: textOf(row, 'member') as MemberId,
    role: textOf(row, 'role') as Role,
    kind: textOf(row, 'kind') as StateDevice['kind'],
    pulled: numberOf(row, 'pulled'),
  });
}

export const hourOf = (ms: number): number => Math.floor(ms / SEEN_STEP_MS) * SEEN_STEP_MS;

/** Every epoch is compared, whichever fits: how long it takes says nothing about the proof. */
function epochProvenBy(sql: Sql, proofHash: Bytes | null): number | null {
  if (!proofHash) return null;
  let proven: number | null = null;
  for (const row of sql.rows('SELECT epoch, proof_hash FROM key_epochs')) {
    if (isEqualBytes(bytesOf(row, 'proof_hash'), proofHash)) proven = numberOf(row, 'epoch');
  }
  return proven;
}
