import type { DeviceId } from '../shared/clock.ts';
import { bytesToHex, hexToBytes, isEqualBytes, type Bytes } from '../shared/protocol/bytes.ts';
import type { WireError } from '../shared/protocol/errors.ts';
import type { StorageEpoch } from '../shared/protocol/ids.ts';
import { PROTOCOL_VERSION } from '../shared/protocol/limits.ts';
import {
  done,
  type DeviceList,
  type Done,
  type NewDevice,
  type PullQuery,
  type PullResult,
  type PushResult,
  type WorkspaceState,
} from '../shared/protocol/messages.ts';
import { fail, succeed, type Outcome } from '../shared/protocol/outcome.ts';
import { isMigrated, migrateWorkspace } from './migrations.ts';
import { pullPage } from './pull-page.ts';
import { pushBatch } from './push-batch.ts';
import { firstRow, numberOf, textOf, bytesOf, type Sql } from './sql.ts';
import type { Auth, Framed, NewWorkspace, PushedRows } from './workspace-api.ts';

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

/** The counters and what the workspace is known by: one row, read and written with each batch. */
export interface WorkspaceRecord {
  readonly epoch: StorageEpoch;
  readonly head: number;
  readonly rowCount: number;
  readonly byteCount: number;
  readonly keyEpoch: number;
  readonly keyCheck: string;
  readonly proofHash: Bytes;
}

type Reply<Value> = Outcome<Value, WireError>;

/** The workspace without its transport: synchronous, so that each call is one transaction. */
export interface WorkspaceStore {
  create(request: NewWorkspace): Reply<WorkspaceState>;
  authorise(auth: Auth): Reply<WorkspaceRecord>;
  state(auth: Auth): Reply<WorkspaceState>;
  push(auth: Auth, rows: PushedRows): Reply<Framed<PushResult>>;
  pull(auth: Auth, query: PullQuery): Reply<Framed<PullResult>>;
  devices(auth: Auth): Reply<DeviceList>;
  register(auth: Auth, device: NewDevice): Reply<Done>;
  /** `isEmpty`: that was the last device, so nobody can ever read what is stored. */
  remove(auth: Auth, device: DeviceId): Reply<{ readonly isEmpty: boolean }>;
}

const SEEN_STEP_MS = 60 * 60 * 1000;

export function createWorkspaceStore(deps: WorkspaceStoreDeps): WorkspaceStore {
  const { sql, limits, now, randomBytes } = deps;
  if (isMigrated(sql)) migrateWorkspace(sql);

  const newEpoch = (): StorageEpoch => bytesToHex(randomBytes(16)) as StorageEpoch;

  function authorise(auth: Auth): Reply<WorkspaceRecord> {
    const workspace = readWorkspace(sql);
    if (!workspace) return fail({ code: 'no-workspace' });
    const device = firstRow(
      sql,
      'SELECT token_hash, seen_at FROM devices WHERE id = ?',
      auth.device,
    );
    if (!device || !isEqualBytes(bytesOf(device, 'token_hash'), auth.tokenHash)) {
      return fail({ code: 'unauthorised' });
    }
    if (!isEqualBytes(workspace.proofHash, auth.proofHash)) return fail({ code: 'wrong-key' });
    // To the hour: each update is billed as a row written, and nobody needs to know more.
    if (now() - numberOf(device, 'seen_at') >= SEEN_STEP_MS) {
      sql.run('UPDATE devices SET seen_at = ? WHERE id = ?', hourOf(now()), auth.device);
    }
    return succeed(workspace);
  }

  /** One transaction: authorise, then `work`; only bugs roll it back. */
  const asDevice = <Value>(
    auth: Auth,
    work: (workspace: WorkspaceRecord) => Reply<Value>,
  ): Reply<Value> =>
    sql.transaction(() => {
      const workspace = authorise(auth);
      return workspace.ok ? work(workspace.value) : workspace;
    });

  const toState = (workspace: WorkspaceRecord): WorkspaceState => ({
    v: PROTOCOL_VERSION,
    type: 'workspace',
    epoch: workspace.epoch,
    head: workspace.head,
    keyEpoch: workspace.keyEpoch,
    keyCheck: workspace.keyCheck,
    serverTimeMs: now(),
    usage: {
      rows: workspace.rowCount,
      bytes: workspace.byteCount,
      maxRows: limits.maxRows,
      maxBytes: limits.maxBytes,
    },
  });

  function addDevice(device: NewDevice): Reply<Done> {
    const tokenHash = hexToBytes(device.tokenHash);
    const known = firstRow(sql, 'SELECT token_hash FROM devices WHERE id = ?', device.id);
    if (known) {
      return isEqualBytes(bytesOf(known, 'token_hash'), tokenHash)
        ? succeed(done)
        : fail({ code: 'device-exists' });
    }
    const counted = firstRow(sql, 'SELECT count(*) AS devices FROM devices');
    if (counted && numberOf(counted, 'devices') >= limits.maxDevices) {
      return fail({ code: 'too-many-devices' });
    }
    sql.run(
      'INSERT INTO devices (id, token_hash, label, created_at, seen_at) VALUES (?, ?, ?, ?, ?)',
      device.id,
      tokenHash,
      device.label,
      now(),
      hourOf(now()),
    );
    return succeed(done);
  }

  return {
    authorise: (auth) => asDevice(auth, succeed),
    state: (auth) => asDevice(auth, (workspace) => succeed(toState(workspace))),

    create({ keyEpoch, keyCheck, proofHash, device }) {
      migrateWorkspace(sql);
      return sql.transaction(() => {
        const existing = readWorkspace(sql);
        if (existing) {
          // Only the answer to the first attempt was lost when device and key are the same.
          const auth = { device: device.id, tokenHash: hexToBytes(device.tokenHash) };
          const again = authorise({ ...auth, proofHash: hexToBytes(proofHash) });
          return again.ok ? succeed(toState(existing)) : fail({ code: 'workspace-exists' });
        }
        sql.run(
          `INSERT INTO workspace
             (one, epoch, head, row_count, byte_count, key_epoch, key_check, proof_hash, created_at)
           VALUES (1, ?, 0, 0, 0, ?, ?, ?, ?)`,
          newEpoch(),
          keyEpoch,
          keyCheck,
          hexToBytes(proofHash),
          now(),
        );
        const added = addDevice(device);
        const created = readWorkspace(sql);
        if (!added.ok || !created) throw new Error('a new workspace must have its first device');
        return succeed(toState(created));
      });
    },

    push: (auth, rows) =>
      asDevice(auth, (workspace) => {
        if (rows.push.epoch !== workspace.epoch) {
          return fail({ code: 'epoch-changed', epoch: workspace.epoch });
        }
        return pushBatch(sql, limits, workspace, auth.device, rows, now());
      }),

    pull: (auth, query) =>
      asDevice(auth, (workspace) => {
        if (query.epoch !== workspace.epoch) {
          return fail({ code: 'epoch-changed', epoch: workspace.epoch });
        }
        if (query.since <= workspace.head) {
          return succeed(pullPage(sql, workspace, query, now()));
        }
        // A device that has seen more than there is proves that the storage went back in time. With
        // a new epoch every device reconciles, also those whose cursor the head has since passed.
        const epoch = newEpoch();
        sql.run('UPDATE workspace SET epoch = ?', epoch);
        return fail({ code: 'epoch-changed', epoch });
      }),

    devices: (auth) =>
      asDevice(auth, () =>
        succeed({
          v: PROTOCOL_VERSION,
          type: 'devices',
          devices: Array.from(sql.rows('SELECT * FROM devices ORDER BY created_at, id'), (row) => ({
            id: textOf(row, 'id') as DeviceId,
            label: textOf(row, 'label'),
            createdAt: numberOf(row, 'created_at'),
            seenAt: numberOf(row, 'seen_at'),
          })),
        }),
      ),

    register: (auth, device) => asDevice(auth, () => addDevice(device)),

    remove: (auth, device) =>
      asDevice(auth, () => {
        sql.run('DELETE FROM devices WHERE id = ?', device);
        sql.run('DELETE FROM batches WHERE device = ?', device);
        return succeed({ isEmpty: firstRow(sql, 'SELECT id FROM devices LIMIT 1') === null });
      }),
  };
}

function readWorkspace(sql: Sql): WorkspaceRecord | null {
  if (!isMigrated(sql)) return null;
  const row = firstRow(sql, 'SELECT * FROM workspace');
  return (
    row && {
      epoch: textOf(row, 'epoch') as StorageEpoch,
      head: numberOf(row, 'head'),
      rowCount: numberOf(row, 'row_count'),
      byteCount: numberOf(row, 'byte_count'),
      keyEpoch: numberOf(row, 'key_epoch'),
      keyCheck: textOf(row, 'key_check'),
      proofHash: bytesOf(row, 'proof_hash'),
    }
  );
}

const hourOf = (ms: number): number => Math.floor(ms / SEEN_STEP_MS) * SEEN_STEP_MS;
