import type { WorkspaceId } from '../../../shared/protocol/ids.ts';
import { migrateWorkspace } from '../../../worker/migrations.ts';
import type { Born } from './device.ts';
import { createDiskSql, type DiskSql, type Snapshot } from './disk-sql.ts';
import { createWorkspace, invite, pair } from './join.ts';
import { createWorld, type World } from './world.ts';

/**
 * A workspace whose members have all come in properly, made once in each process: every simulation
 * begins with a copy, since joining would cost more than all that follows. The first device is the
 * owner's; the third and the fifth are other people's.
 */
export interface Genesis {
  readonly atMs: number;
  readonly workspace: WorkspaceId;
  /** The one storage of this process, put back to how it was. */
  readonly disk: DiskSql;
  readonly devices: readonly Born[];
}

const START_MS = Date.UTC(2026, 10, 22, 9);
const SETTLE_MS = 10 * 60_000;
const INVITED = new Set([2, 4]);
const PRODUCT = { skewMs: 0, isNewer: false, isEager: false };

interface Moment {
  readonly atMs: number;
  readonly workspace: WorkspaceId;
  readonly storage: Snapshot;
  readonly devices: readonly Born[];
}

const moments: Moment[] = [];
let first: World | null = null;
let disk: DiskSql | null = null;

export async function genesisOf(count: number): Promise<Genesis> {
  while (moments.length < count) moments.push(await oneMore());
  const moment = moments[count - 1];
  if (!moment) throw new Error('a workspace has at least one device');
  disk ??= migrated(createDiskSql());
  const { storage, ...rest } = moment;
  disk.restore(storage);
  return { ...rest, disk };
}

function migrated(empty: DiskSql): DiskSql {
  migrateWorkspace(empty);
  return empty;
}

/** Goes on where it was left: the nth device joins at the same moment in every process. */
async function oneMore(): Promise<Moment> {
  const world = first ?? createWorld(0, START_MS);
  first = world;
  world.useGlobals();
  const { timeline, devices, cloud } = world;
  const [owner] = devices;
  const device = world.addDevice(PRODUCT);
  if (!owner) await createWorkspace(timeline, device);
  else if (INVITED.has(devices.length - 1)) await invite(timeline, owner, device, 'editor');
  else await pair(timeline, owner, device);
  await timeline.runUntil(timeline.now() + SETTLE_MS);
  for (const each of devices) await timeline.drive(each.client.syncNow());
  const [entry] = cloud.disks;
  if (!entry) throw new Error('the worker has no workspace');
  const [id, storage] = entry;
  return {
    atMs: timeline.now(),
    workspace: id,
    storage: storage.snapshot(),
    devices: devices.map((each) => ({ id: each.id, values: each.values() })),
  };
}
