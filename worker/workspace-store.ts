import type { DeviceId } from '../shared/clock.ts';
import { bytesToHex, type Bytes } from '../shared/protocol/bytes.ts';
import type {
  Bucket,
  Digest,
  DigestQuery,
  Versions,
  VersionsQuery,
} from '../shared/protocol/history-messages.ts';
import type { RecoveryId, SlotId, StorageEpoch } from '../shared/protocol/ids.ts';
import { PROTOCOL_VERSION } from '../shared/protocol/limits.ts';
import {
  done,
  type Done,
  type PullQuery,
  type PullResult,
  type PushResult,
} from '../shared/protocol/messages.ts';
import { fail, succeed } from '../shared/protocol/outcome.ts';
import type { KeyPackage, VerifiedState } from '../shared/protocol/workspace-state.ts';
import type {
  Devices,
  Invitations,
  Invite,
  SetRecovery,
  States,
  WorkspaceStatus,
} from '../shared/protocol/workspace-messages.ts';
import { authorise, type Caller, type Needs } from './access.ts';
import { cleanUp, type CleanedUp } from './clean-up.ts';
import { answerDigest } from './digest-store.ts';
import { addInvitation, listInvitations, removeInvitation } from './invitation-store.ts';
import { isMigrated, migrateWorkspace } from './migrations.ts';
import { pullPage } from './pull-page.ts';
import { pushBatch } from './push-batch.ts';
import { firstRow, numberOf, textOf, type Sql } from './sql.ts';
import {
  addedBy,
  beginStorage,
  readNewestState,
  readStates,
  storeChain,
  storeNext,
  type StateChange,
} from './state-store.ts';
import { readVersions } from './version-store.ts';
import type { Auth, Deserted, Framed, PushedRows, Reply, Unfindable } from './workspace-api.ts';
import { readWorkspace, type WorkspaceRecord } from './workspace-record.ts';

export interface WorkspaceLimits {
  readonly maxBytes: number;
  readonly maxRows: number;
  readonly maxDevices: number;
}

export interface WorkspaceStoreDeps {
  readonly sql: Sql;
  readonly limits: WorkspaceLimits;
  readonly now: () => number;
  readonly randomBytes: (length: number) => Bytes;
}

/** What is said to other devices of a workspace that has changed. */
export interface Announced {
  readonly epoch: StorageEpoch;
  readonly head: number;
  readonly stateVersion: number;
  readonly keyCheck: string;
}

/** The workspace without its transport: synchronous, so that each call is one transaction. */
export interface WorkspaceStore {
  /** `chain` has been verified from its first state on. */
  create(
    chain: readonly VerifiedState[],
    packages: readonly KeyPackage[],
  ): Reply<{ readonly status: WorkspaceStatus; readonly change: StateChange }>;
  authorise(auth: Auth, needs?: Needs): Reply<Caller>;
  status(auth: Auth): Reply<WorkspaceStatus>;
  states(auth: Auth, since: number): Reply<States>;
  newestState(auth: Auth): Reply<VerifiedState>;
  /** `next` has been verified against `previous`, which must still be the newest. */
  putState(
    auth: Auth,
    previous: VerifiedState,
    next: VerifiedState,
    packages: readonly KeyPackage[],
  ): Reply<StateChange>;
  push(auth: Auth, rows: PushedRows): Reply<Framed<PushResult>>;
  pull(auth: Auth, query: PullQuery): Reply<Framed<PullResult>>;
  digest(auth: Auth, query: DigestQuery): Reply<Digest | Bucket>;
  versions(auth: Auth, query: VersionsQuery): Reply<Framed<Versions>>;
  devices(auth: Auth): Reply<Devices>;
  mayPair(auth: Auth): Reply<Done>;
  invite(auth: Auth, invitation: Pick<Invite, 'slot' | 'label'>): Reply<Done>;
  invitations(auth: Auth): Reply<Invitations>;
  closeInvitation(auth: Auth, slot: SlotId): Reply<Done>;
  setRecovery(auth: Auth, recovery: Pick<SetRecovery, 'device' | 'find'>): Reply<Unfindable>;
  /** What is to be told before the storage is deleted. */
  mayDestroy(auth: Auth): Reply<Deserted>;
  /** Null: nothing is stored. */
  announced(): Announced | null;
  cleanUp(): CleanedUp | null;
}

const EPOCH_AT_LEAST_MS = 60 * 60 * 1000;

export function createWorkspaceStore(deps: WorkspaceStoreDeps): WorkspaceStore {
  const { sql, limits, now, randomBytes } = deps;
  if (isMigrated(sql)) migrateWorkspace(sql);

  const newEpoch = (): StorageEpoch => bytesToHex(randomBytes(16)) as StorageEpoch;

  /** One transaction: authorise, then `work`; only bugs roll it back. */
  const asDevice = <Value>(
    auth: Auth,
    work: (caller: Caller) => Reply<Value>,
    needs: Needs = 'key',
  ): Reply<Value> =>
    sql.transaction(() => {
      const caller = authorise(sql, auth, now(), needs);
      return caller.ok ? work(caller.value) : caller;
    });

  const toStatus = (workspace: WorkspaceRecord): WorkspaceStatus => ({
    v: PROTOCOL_VERSION,
    type: 'workspace',
    epoch: workspace.epoch,
    head: workspace.head,
    horizon: workspace.horizon,
    stateVersion: workspace.stateVersion,
    keyEpoch: workspace.keyEpoch,
    keyCheck: workspace.keyCheck,
    serverTimeMs: now(),
    usage: {
      rows: workspace.rowCount,
      maxRows: limits.maxRows,
      bytes: workspace.byteCount + workspace.versionBytes,
      maxBytes: limits.maxBytes,
      versionBytes: workspace.versionBytes,
      devices: countDevices(sql),
      maxDevices: limits.maxDevices,
    },
  });

  return {
    authorise: (auth, needs) => asDevice(auth, succeed, needs),
    status: (auth) => asDevice(auth, ({ workspace }) => succeed(toStatus(workspace))),
    states: (auth, since) =>
      asDevice(auth, (caller) => succeed(readStates(sql, caller, since)), 'token'),

    create(chain, packages) {
      const newest = readNewestState(sql);
      const added = addedBy(newest, chain, packages, limits.maxDevices);
      if (!added.ok) return added;
      migrateWorkspace(sql);
      return sql.transaction(() => {
        if (!newest) beginStorage(sql, newEpoch(), now());
        const change = storeChain(sql, newest, added.value, packages, now());
        const workspace = readWorkspace(sql);
        if (!workspace) throw new Error('a workspace that was created exists');
        return succeed({ status: toStatus(workspace), change });
      });
    },

    newestState: (auth) =>
      asDevice(auth, () => {
        const newest = readNewestState(sql);
        return newest ? succeed(newest) : fail({ code: 'no-workspace' });
      }),

    putState: (auth, previous, next, packages) =>
      asDevice(auth, () => storeNext(sql, previous, next, packages, limits.maxDevices, now())),

    push: (auth, rows) =>
      asDevice(auth, (caller) => {
        const { epoch, horizon } = caller.workspace;
        if (rows.push.epoch !== epoch) return fail({ code: 'epoch-changed', epoch });
        // It does not know what was deleted meanwhile, so what it writes could bring that back.
        if (rows.push.cursor < horizon) return fail({ code: 'behind-horizon', horizon });
        return pushBatch(sql, limits, caller, rows, now());
      }),

    pull: (auth, query) =>
      asDevice(auth, (caller) => {
        const { workspace } = caller;
        if (query.epoch !== workspace.epoch) {
          return fail({ code: 'epoch-changed', epoch: workspace.epoch });
        }
        if (query.since > workspace.head) return fail(wentBack(sql, caller, newEpoch(), now()));
        // By lanes a device fetches everything there is: nothing can be behind that.
        const isOrdinary = query.lane === undefined && query.below === undefined;
        if (isOrdinary && query.since > 0 && query.since < workspace.horizon) {
          return fail({ code: 'behind-horizon', horizon: workspace.horizon });
        }
        if (isOrdinary) rememberPulled(sql, caller, query.since);
        return succeed(pullPage(sql, workspace, query, now()));
      }),

    digest: (auth, query) =>
      asDevice(auth, ({ workspace }) => succeed(answerDigest(sql, workspace, query))),
    versions: (auth, query) => asDevice(auth, () => succeed(readVersions(sql, query))),
    devices: (auth) => asDevice(auth, () => succeed(listDevices(sql))),
    mayPair: (auth) => asDevice(auth, () => succeed(done)),

    invite: (auth, invitation) =>
      asDevice(auth, (caller) => addInvitation(sql, caller, invitation, now())),
    invitations: (auth) => asDevice(auth, (caller) => listInvitations(sql, caller, now())),
    closeInvitation: (auth, slot) =>
      asDevice(auth, (caller) => removeInvitation(sql, caller, slot)),

    setRecovery: (auth, recovery) =>
      asDevice(auth, (caller) => replaceRecovery(sql, caller, recovery)),

    mayDestroy: (auth) =>
      asDevice(auth, ({ role }) =>
        role === 'owner'
          ? succeed({
              slots: Array.from(
                sql.rows('SELECT slot FROM invitations'),
                (row) => textOf(row, 'slot') as SlotId,
              ),
              recoveries: Array.from(
                sql.rows('SELECT find FROM recovery'),
                (row) => textOf(row, 'find') as RecoveryId,
              ),
            })
          : fail({ code: 'not-allowed' }),
      ),

    announced: () => readWorkspace(sql),

    cleanUp: () =>
      sql.transaction(() => {
        const workspace = readWorkspace(sql);
        return workspace && cleanUp(sql, workspace, now());
      }),
  };
}

/**
 * A device that has seen more than there is says that the storage went back in time. With a new
 * epoch every device reconciles, also those whose cursor the head has since passed. But it may also
 * be lying to make the others work: so not at a viewer's word, and not again and again. The device
 * itself reconciles in any case.
 */
function wentBack(
  sql: Sql,
  { workspace, role }: Caller,
  next: StorageEpoch,
  nowMs: number,
): { readonly code: 'epoch-changed'; readonly epoch: StorageEpoch } {
  const isKept = role === 'viewer' || nowMs - workspace.epochAt < EPOCH_AT_LEAST_MS;
  if (isKept) return { code: 'epoch-changed', epoch: workspace.epoch };
  sql.run('UPDATE workspace SET epoch = ?, epoch_at = ?', next, nowMs);
  sql.run('UPDATE devices SET pulled = 0');
  return { code: 'epoch-changed', epoch: next };
}

/** Written only when a deleted row waits for it: a pull must not cost a write each time. */
function rememberPulled(sql: Sql, { device, pulled }: Caller, since: number): void {
  if (since <= pulled) return;
  const passed = firstRow(
    sql,
    'SELECT seq FROM rows WHERE dead = 1 AND seq > ? AND seq <= ? LIMIT 1',
    pulled,
    since,
  );
  if (passed) sql.run('UPDATE devices SET pulled = ? WHERE id = ?', since, device);
}

function listDevices(sql: Sql): Devices {
  const rows = sql.rows('SELECT id, added_at, seen_at FROM devices ORDER BY added_at, id');
  return {
    v: PROTOCOL_VERSION,
    type: 'devices',
    devices: Array.from(rows, (row) => ({
      id: textOf(row, 'id') as DeviceId,
      addedAt: numberOf(row, 'added_at'),
      seenAt: numberOf(row, 'seen_at'),
    })),
  };
}

function replaceRecovery(
  sql: Sql,
  { role, member }: Caller,
  { device, find }: Pick<SetRecovery, 'device' | 'find'>,
): Reply<Unfindable> {
  const words = firstRow(
    sql,
    `SELECT devices.member, recovery.find FROM devices LEFT JOIN recovery ON recovery.device = devices.id
     WHERE devices.id = ? AND devices.kind = 'recovery'`,
    device,
  );
  if (!words || (role !== 'owner' && textOf(words, 'member') !== member)) {
    return fail({ code: 'not-allowed' });
  }
  sql.run('INSERT OR REPLACE INTO recovery (device, find) VALUES (?, ?)', device, find);
  const before = words['find'];
  return succeed({
    recoveries: typeof before === 'string' && before !== find ? [before as RecoveryId] : [],
  });
}

function countDevices(sql: Sql): number {
  const row = firstRow(sql, 'SELECT count(*) AS devices FROM devices');
  return row ? numberOf(row, 'devices') : 0;
}
