import type { Role } from '../../../shared/protocol/workspace-state.ts';
import { WORKER_URL } from './cloud.ts';
import type { Device } from './device.ts';
import type { Timeline } from './timeline.ts';

/** How devices come to a workspace, as their users would do it. */
export async function createWorkspace(timeline: Timeline, device: Device): Promise<void> {
  const created = await timeline.drive(
    device.client.createWorkspace({
      workerUrl: WORKER_URL,
      deviceName: `plain ${device.name}`,
      memberName: 'plain Ada',
    }),
  );
  if (!created.ok) throw new Error(`no workspace: ${created.error}`);
}

/** A second device of the same person. */
export async function pair(timeline: Timeline, host: Device, joiner: Device): Promise<void> {
  const started = await timeline.drive(host.client.startPairing());
  if (!started.ok) throw new Error(`no code: ${started.error}`);
  const joining = await timeline.drive(
    joiner.client.joinWorkspace({
      workerUrl: WORKER_URL,
      code: started.value.code ?? '',
      deviceName: `plain ${joiner.name}`,
    }),
  );
  if (!joining.ok) throw new Error(`the code was refused: ${joining.error}`);
  const here = await soon(timeline, async () => (await host.client.pairing())?.check ?? null);
  const there = await soon(timeline, async () => (await joiner.client.pairing())?.check ?? null);
  if (here !== there) throw new Error('the six digits differ');
  const confirmed = await timeline.drive(host.client.confirmPairing());
  if (!confirmed.ok) throw new Error(`not granted: ${confirmed.error}`);
  await soon(timeline, async () => (await joiner.client.status()).workspace);
}

/** Another person, by a link. */
export async function invite(
  timeline: Timeline,
  owner: Device,
  invited: Device,
  role: Role,
): Promise<void> {
  const made = await timeline.drive(owner.client.invite({ role, note: 'plain note' }));
  if (!made.ok) throw new Error(`no invitation: ${made.error}`);
  const accepted = await timeline.drive(
    invited.client.acceptInvitation({
      link: made.value.link ?? '',
      deviceName: `plain ${invited.name}`,
      memberName: `plain owner of ${invited.name}`,
    }),
  );
  if (!accepted.ok) throw new Error(`the link was refused: ${accepted.error}`);
  await soon(timeline, async () => {
    const listed = await owner.client.invitations();
    return listed.ok && listed.value.some(({ check }) => check !== null) ? true : null;
  });
  await soon(timeline, async () => (await invited.client.pairing())?.check ?? null);
  const approved = await timeline.drive(owner.client.approveInvitation(made.value.id));
  if (!approved.ok) throw new Error(`not approved: ${approved.error}`);
  await soon(timeline, async () => (await invited.client.status()).workspace);
}

const PATIENCE_S = 100;

async function soon<Value>(timeline: Timeline, look: () => Promise<Value | null>): Promise<Value> {
  for (let seconds = 0; seconds < PATIENCE_S; seconds += 1) {
    const value = await timeline.drive(look());
    if (value !== null) return value;
    await timeline.runUntil(timeline.now() + 1000);
  }
  throw new Error('it does not go on');
}
