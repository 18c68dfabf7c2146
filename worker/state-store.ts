import type { DeviceId } from '../shared/clock.ts';
import { hexToBytes } from '../shared/protocol/bytes.ts';
import { newDigest } from '../shared/protocol/digest.ts';
import type { RecoveryId, StorageEpoch } from '../shared/protocol/ids.ts';
import { MAX_FRAME_BYTES, PROTOCOL_VERSION } from '../shared/protocol/limits.ts';
import { fail, succeed } from '../shared/protocol/outcome.ts';
import {
  readState,
  type KeyPackage,
  type SignedState,
  type VerifiedState,
  type WorkspaceState,
} from '../shared/protocol/workspace-state.ts';
import type { States } from '../shared/protocol/workspace-messages.ts';
import { hourOf, type Caller } from './access.ts';
import { isMigrated } from './migrations.ts';
import { firstRow, numberOf, textOf, type Sql, type SqlRow } from './sql.ts';
import type { Reply } from './workspace-api.ts';

/** What has changed for others when a state was stored. */
export interface StateChange {
  /** Devices that are out, or have another token: their sockets close. */
  readonly removed: readonly DeviceId[];
  /** Where the words of removed recovery devices led. */
  readonly unfindable: readonly RecoveryId[];
}

/**
 * A device that is no owner's could otherwise fill the storage with states, which are kept for
 * ever. Owners can do worse by right.
 */
const MAX_STATES_OF_OTHERS_A_DAY = 50;
const DAY_MS = 24 * 60 * 60 * 1000;

export function readNewestState(sql: Sql): VerifiedState | null {
  if (!isMigrated(sql)) return null;
  const row = firstRow(sql, 'SELECT * FROM states ORDER BY version DESC LIMIT 1');
  if (!row) return null;
  const signed = toSigned(row);
  const state = readState(signed);
  if (!state) throw new Error('a stored state is a state');
  return { state, hash: textOf(row, 'hash'), signed };
}

/** In pages, oldest first, with the key package that only the caller can open. */
export function readStates(sql: Sql, caller: Caller, since: number): States {
  const states: SignedState[] = [];
  let chars = 0;
  for (const row of sql.rows('SELECT * FROM states WHERE version > ? ORDER BY version', since)) {
    const signed = toSigned(row);
    chars += signed.state.length;
    if (states.length > 0 && chars > MAX_FRAME_BYTES) break;
    states.push(signed);
  }
  const own = firstRow(sql, 'SELECT key_package FROM devices WHERE id = ?', caller.device);
  return {
    v: PROTOCOL_VERSION,
    type: 'states',
    states,
    isComplete: since + states.length >= caller.workspace.stateVersion,
    keyPackage: own ? textOf(own, 'key_package') : '',
  };
}

/**
 * What `chain`, verified by its signatures, adds to what is stored: nothing when only the answer to
 * an earlier attempt was lost. Asked before anything is stored, so that a refusal leaves no trace.
 */
export function addedBy(
  newest: VerifiedState | null,
  chain: readonly VerifiedState[],
  packages: readonly KeyPackage[],
  maxDevices: number,
): Reply<readonly VerifiedState[]> {
  const known = newest ? chain.findIndex(({ hash }) => hash === newest.hash) : -1;
  if (newest && known < 0) return fail({ code: 'workspace-exists' });
  const added = chain.slice(known + 1);
  const last = added.at(-1)?.state;
  if (!last) return succeed([]);
  if (last.devices.length > maxDevices) return fail({ code: 'too-many-devices' });
  return hasPackagesFor(last.devices, last, packages)
    ? succeed(added)
    : fail({ code: 'state-refused', problem: 'packages' });
}

export function storeChain(
  sql: Sql,
  newest: VerifiedState | null,
  added: readonly VerifiedState[],
  packages: readonly KeyPackage[],
  nowMs: number,
): StateChange {
  const last = added.at(-1);
  if (!last) return { removed: [], unfindable: [] };
  for (const state of added) insertState(sql, state, true, nowMs);
  return applyNewest(sql, newest?.state ?? null, last.state, packages, nowMs);
}

/** Compare and swap: `next` was verified against the state that must still be the newest. */
export function storeNext(
  sql: Sql,
  previous: VerifiedState,
  next: VerifiedState,
  packages: readonly KeyPackage[],
  maxDevices: number,
  nowMs: number,
): Reply<StateChange> {
  const newest = readNewestState(sql);
  if (!newest || newest.hash !== previous.hash) {
    return fail({ code: 'state-conflict', version: newest?.state.version ?? 0 });
  }
  const [before, after] = [newest.state, next.state];
  const hasGrown = after.devices.length > before.devices.length;
  if (hasGrown && after.devices.length > maxDevices) return fail({ code: 'too-many-devices' });
  const needing = after.devices.filter((device) => {
    const same = before.devices.find(({ id }) => id === device.id);
    return after.keyEpoch !== before.keyEpoch || same?.boxKey !== device.boxKey;
  });
  if (!hasPackagesFor(needing, after, packages)) {
    return fail({ code: 'state-refused', problem: 'packages' });
  }
  const byOwner = isOwners(before, next.signed.signer);
  if (!byOwner && statesOfOthersSince(sql, nowMs - DAY_MS) >= MAX_STATES_OF_OTHERS_A_DAY) {
    return fail({ code: 'too-many-requests' });
  }
  insertState(sql, next, byOwner, nowMs);
  return succeed(applyNewest(sql, before, after, packages, nowMs));
}

export function beginStorage(sql: Sql, epoch: StorageEpoch, nowMs: number): void {
  sql.run(
    `INSERT INTO workspace (one, epoch, epoch_at, head, horizon, row_count, byte_count, version_bytes,
       state_version, key_epoch, key_check, floor, created_at)
     VALUES (1, ?, 0, 0, 0, 0, 0, 0, 0, 0, '', 0, ?)`,
    epoch,
    nowMs,
  );
  sql.run('INSERT INTO digest (one, buckets) VALUES (1, ?)', newDigest());
}

const toSigned = (row: SqlRow): SignedState => ({
  state: textOf(row, 'state'),
  signer: textOf(row, 'signer') as DeviceId,
  signature: textOf(row, 'signature'),
});

function insertState(
  sql: Sql,
  { state, hash, signed }: VerifiedState,
  byOwner: boolean,
  nowMs: number,
): void {
  sql.run(
    `INSERT INTO states (version, hash, signer, by_owner, stored_at, signature, state)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    state.version,
    hash,
    signed.signer,
    byOwner ? 1 : 0,
    nowMs,
    signed.signature,
    signed.state,
  );
  sql.run(
    'INSERT OR IGNORE INTO key_epochs (epoch, proof_hash) VALUES (?, ?)',
    state.keyEpoch,
    hexToBytes(state.proofHash),
  );
}

/** The lists that requests are checked against, brought to what the newest state says. */
function applyNewest(
  sql: Sql,
  before: WorkspaceState | null,
  after: WorkspaceState,
  packages: readonly KeyPackage[],
  nowMs: number,
): StateChange {
  sql.run(
    'UPDATE workspace SET state_version = ?, key_epoch = ?, key_check = ?, floor = ?',
    after.version,
    after.keyEpoch,
    after.keyCheck,
    after.floor,
  );
  const roles = new Map(after.members.map(({ id, role }) => [id, role]));
  const sealed = new Map(packages.map((each) => [each.device, each.sealed]));
  for (const { id, member, kind, tokenHash } of after.devices) {
    sql.run(
      `INSERT INTO devices (id, member, role, kind, token_hash, key_package, added_at, seen_at, pulled)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)
       ON CONFLICT (id) DO UPDATE SET member = excluded.member, role = excluded.role,
         kind = excluded.kind, token_hash = excluded.token_hash,
         key_package = coalesce(nullif(excluded.key_package, ''), key_package)`,
      id,
      member,
      roles.get(member) ?? 'viewer',
      kind,
      hexToBytes(tokenHash),
      sealed.get(id) ?? '',
      nowMs,
      hourOf(nowMs),
    );
  }
  const kept = new Map(after.devices.map(({ id, tokenHash }) => [id, tokenHash]));
  const gone = (before?.devices ?? []).filter(({ id }) => !kept.has(id)).map(({ id }) => id);
  const unfindable = gone.flatMap((device) => forgetDevice(sql, device));
  const renewed = (before?.devices ?? [])
    .filter(({ id, tokenHash }) => kept.has(id) && kept.get(id) !== tokenHash)
    .map(({ id }) => id);
  return { removed: [...gone, ...renewed], unfindable };
}

function forgetDevice(sql: Sql, device: DeviceId): readonly RecoveryId[] {
  const words = firstRow(sql, 'SELECT find FROM recovery WHERE device = ?', device);
  sql.run('DELETE FROM devices WHERE id = ?', device);
  sql.run('DELETE FROM batches WHERE device = ?', device);
  sql.run('DELETE FROM recovery WHERE device = ?', device);
  return words ? [textOf(words, 'find') as RecoveryId] : [];
}

/** Every device that needs one gets one, and nobody else does. */
function hasPackagesFor(
  needing: WorkspaceState['devices'],
  { devices }: WorkspaceState,
  packages: readonly KeyPackage[],
): boolean {
  const given = new Set(packages.map(({ device }) => device));
  return (
    given.size === packages.length &&
    needing.every(({ id }) => given.has(id)) &&
    packages.every(({ device }) => devices.some(({ id }) => id === device))
  );
}

const isOwners = ({ members, devices }: WorkspaceState, signer: DeviceId): boolean => {
  const device = devices.find(({ id }) => id === signer);
  return members.some(({ id, role }) => id === device?.member && role === 'owner');
};

function statesOfOthersSince(sql: Sql, sinceMs: number): number {
  const row = firstRow(
    sql,
    'SELECT count(*) AS states FROM states WHERE by_owner = 0 AND stored_at > ?',
    sinceMs,
  );
  return row ? numberOf(row, 'states') : 0;
}
