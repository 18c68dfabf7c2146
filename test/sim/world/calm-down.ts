import type { Device } from './device.ts';
import { pair } from './join.ts';
import { WEATHERS } from './network.ts';
import { setRole } from './take.ts';
import { liveOf, type World } from './world.ts';

const HOUR_MS = 3_600_000;
/** Between two rounds as much passes as anything ever waits for: a comparison of both sides, 3 hours. */
const ROUND_MS = 3.5 * HOUR_MS;
const MAX_ROUNDS = 10;

/** Good weather, and time: after this nothing may be left to do. */
export async function calmDown(world: World): Promise<void> {
  const { timeline, cloud } = world;
  world.weather = WEATHERS.calm;
  cloud.limit({});
  cloud.evict(null);
  for (const device of liveOf(world)) {
    device.isOnline = true;
    device.isDiskFull = false;
    device.crashAt(null, false);
    device.restart();
  }
  let heads = '';
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    await timeline.runUntil(timeline.now() + ROUND_MS);
    for (const device of liveOf(world)) await attend(world, device);
    const now = cloud.heads();
    // A round in which nobody had anything new to say; the one before may have left it something to fetch.
    if (now === heads && round > 1) return;
    heads = now;
  }
  world.failures.push('they go on writing for ever');
}

/** What somebody in front of the device would do about what it says. */
async function attend(world: World, device: Device): Promise<void> {
  const { timeline, devices } = world;
  const [owner] = devices;
  const { problem } = await timeline.drive(device.client.syncNow());
  switch (problem) {
    case 'access-ended':
      if (device.isBeingRemoved) device.isGone = true;
      return;
    case 'workspace-missing':
    case 'worker-lies': {
      const restored = await timeline.drive(device.client.restoreWorkspace());
      if (!restored.ok && restored.error === 'workspace-exists') await joinAnew(world, device);
      return;
    }
    case 'read-only':
      if (owner && !owner.isGone) await timeline.drive(setRole(owner, device, 'editor'));
      return;
    default:
    // Passes by itself, or nobody can do anything about it.
  }
}

/**
 * The worker went back to a backup, and others have signed something else since: neither list follows
 * from the other, and which of them counts is for people to say. Its data comes along.
 */
async function joinAnew(world: World, device: Device): Promise<void> {
  const { timeline } = world;
  for (const host of liveOf(world).filter((each) => each !== device)) {
    if ((await timeline.drive(host.client.syncNow())).problem !== null) continue;
    device.tell(`leaves, and is paired anew by ${host.name}`);
    await timeline.drive(device.client.leaveWorkspace());
    return pair(timeline, host, device);
  }
}
