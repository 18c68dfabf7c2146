import type { Role } from '../../../shared/protocol/workspace-state.ts';
import { DISK_FULL, type Device } from './device.ts';
import type { Step } from './plan.ts';
import { liveOf, type World } from './world.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** What a plan's step means. Nobody waits for what people and backgrounds do; it happens beside the rest. */
export async function take(world: World, step: Step): Promise<void> {
  const { timeline, cloud, oracle, trace } = world;
  const tell = trace.teller('');
  if (step.waitMs > DAY_MS) cloud.cleanUp();
  switch (step.do) {
    case 'evict':
      tell(`the object is evicted (${String(step.afterWrites)})`);
      return cloud.evict(step.afterWrites);
    case 'snapshot':
      tell('the storage is backed up');
      return cloud.backUp();
    case 'roll back':
      if (!cloud.rollBack()) return;
      tell('the storage goes back to its backup');
      world.isSuspect = true;
      oracle.storageWentBack();
      return;
    case 'wipe':
      tell('the worker forgets everything');
      world.isSuspect = true;
      oracle.storageWentBack();
      return cloud.wipe();
    case 'quota':
      tell(`the workspace may have ${String(step.rows)} rows`);
      cloud.limit({ maxRows: step.rows });
      timeline.after(step.forMs, () => cloud.limit({}));
      return;
    case 'months':
      tell('months pass');
      await timeline.runUntil(timeline.now() + step.forMs);
      return cloud.cleanUp();
    default:
      return takeAt(world, step);
  }
}

type StepAt = Extract<Step, { readonly device: number }>;

async function takeAt(world: World, step: StepAt): Promise<void> {
  const { timeline, devices, oracle } = world;
  const device = devices[step.device];
  if (!device || device.isGone) return;
  switch (step.do) {
    case 'edit':
      return act(world, device.data.edit(step.table, step.id, step.patch));
    case 'undo':
      return act(world, device.data.undo());
    case 'sync':
      device.tell('syncs');
      return act(world, device.client.syncNow());
    case 'look':
      device.tell('is looked at');
      return device.client.touch();
    case 'restart':
      device.tell('restarts');
      return device.restart();
    case 'crash':
      return device.crashAt(step.transaction, step.isBefore);
    case 'clock':
      device.tell(`sets its clock by ${String(Math.round(step.byMs / 1000))} s`);
      device.skewMs += step.byMs;
      return;
    case 'offline':
      device.tell('goes offline');
      device.isOnline = false;
      timeline.after(step.forMs, () => {
        device.isOnline = true;
      });
      return;
    case 'disk full':
      device.tell('has a full disk');
      device.isDiskFull = true;
      timeline.after(step.forMs, () => {
        device.isDiskFull = false;
      });
      return;
    case 'back up':
      return device.backUp();
    case 'restore backup': {
      const unsent = device.pending();
      if (!device.restoreBackup()) return;
      oracle.putBack(device.id, unsent);
      device.tell('is as it was at its backup');
      world.isSuspect = true;
      return;
    }
    case 'lose':
      if (!isOneOfSeveral(world, device)) return;
      device.tell('is lost');
      return device.lose();
    case 'remove': {
      const by = devices[step.by];
      if (!by || by === device || by.isGone || !isOneOfSeveral(world, device)) return;
      by.tell(`removes ${device.name}`);
      device.isBeingRemoved = true;
      return act(world, by.client.removeDevice(device.id));
    }
    case 'role': {
      const [owner] = devices;
      if (!owner || owner.isGone || owner === device) return;
      owner.tell(`makes the owner of ${device.name} a ${step.role}`);
      return act(world, setRole(owner, device, step.role));
    }
  }
}

/** The role of a device's owner; those of the workspace's own owner stay as they are. */
export async function setRole(owner: Device, device: Device, role: Role): Promise<void> {
  const people = await owner.client.people();
  if (!people.ok) return;
  const member = people.value.members.find(({ devices }) =>
    devices.some(({ id }) => id === device.id),
  );
  if (member && !member.isMe && member.role !== role) await owner.client.setRole(member.id, role);
}

/** The first is the owner's, who alone can put things right. */
const isOneOfSeveral = (world: World, device: Device): boolean =>
  device !== world.devices[0] && liveOf(world).length > 1;

/** A full disk is said to whoever it happens to; anything else that is thrown is a bug. */
function act({ failures }: World, action: Promise<unknown>): void {
  action.catch((error: unknown) => {
    if (!String(error).includes(DISK_FULL)) failures.push(String(error));
  });
}
