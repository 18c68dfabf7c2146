import { fail, succeed, type Outcome } from '../../../shared/protocol/outcome.ts';
import { sealKeyPackages } from '../../../shared/protocol/key-epoch.ts';
import type { VerifiedState } from '../../../shared/protocol/workspace-state.ts';
import { fetchStates, newRevision } from '../follow-states.ts';
import { roleOf } from '../session.ts';
import { read, write } from '../store-keys.ts';
import { parseWorkerUrl } from '../worker-url.ts';
import { changeWithin, openCurrentDesk } from './change-state.ts';
import { createAtWorker, createDeskApi } from './desk-api.ts';
import { openDesk, type Desk, type MembershipDeps } from './desk.ts';
import { drop, keep, readKept } from './kept.ts';
import { toMembershipProblem, type MembershipProblem } from './problem.ts';

type Done = Outcome<void, MembershipProblem>;

export interface Move {
  readonly workerUrl: string;
  readonly secret?: string;
}

/**
 * The worker has lost the workspace, or its newest part: gives it the chain of signed states again,
 * and the rows follow from every device. Same workspace, same keys, nobody has to join anew.
 */
export async function restoreWorkspace(deps: MembershipDeps, secret?: string): Promise<Done> {
  const desk = await openDesk(deps);
  if (!desk.ok) return desk;
  const restored = await bringChain(desk.value, desk.value.member.identity.workerUrl, secret);
  if (restored.ok) await deps.background.refresh();
  return restored;
}

/**
 * Takes the workspace to another worker. First the new one is given the chain, then the old one's
 * last state tells every other device where to go, then this device's rows follow. Until the second
 * step nothing has changed for anybody; after it everything else can be repeated.
 */
export async function moveWorkspace(
  deps: MembershipDeps,
  { workerUrl: typed, secret }: Move,
): Promise<Done> {
  const workerUrl = parseWorkerUrl(typed);
  if (workerUrl === null) return fail('worker-url-invalid');
  const moved = await deps.exclusively(() => moveWithin(deps, workerUrl, secret));
  if (!moved.ok) return moved;
  const finished = await finishMoving(deps);
  if (!finished.ok) return finished;
  return switchTo(deps, workerUrl);
}

async function moveWithin(
  deps: MembershipDeps,
  workerUrl: string,
  secret: string | undefined,
): Promise<Done> {
  const desk = await openCurrentDesk(deps);
  if (!desk.ok) return desk;
  const { identity, pin } = desk.value.member;
  if (identity.workerUrl === workerUrl) return succeed(undefined);
  if (roleOf(pin.newest.state, identity.device) !== 'owner') return fail('not-allowed');
  const brought = await bringChain(desk.value, workerUrl, secret);
  if (!brought.ok) return brought;
  const signed = await changeWithin(deps, async (state) =>
    succeed(state.movedTo === workerUrl ? null : { changes: { movedTo: workerUrl } }),
  );
  if (!signed.ok) return signed;
  await keep(deps.store, 'sync-moving', { workerUrl, state: signed.value.signed });
  return succeed(undefined);
}

/** The new worker has to hear of the last state as well, or it would seem to have gone back. */
export async function finishMoving(deps: MembershipDeps): Promise<Done> {
  const moving = await readKept(deps.store, 'sync-moving');
  if (!moving) return succeed(undefined);
  const desk = await openDesk(deps);
  if (!desk.ok) return desk;
  const brought = await bringChain(desk.value, moving.workerUrl, undefined);
  if (!brought.ok) return brought;
  await drop(deps.store, 'sync-moving');
  return switchTo(deps, moving.workerUrl);
}

/**
 * The old worker is gone and somebody else has moved the workspace: goes there too. The new one is
 * believed only if its chain continues the one known here.
 */
export async function followMove(deps: MembershipDeps, typed: string): Promise<Done> {
  const workerUrl = parseWorkerUrl(typed);
  if (workerUrl === null) return fail('worker-url-invalid');
  const desk = await openDesk(deps);
  if (!desk.ok) return desk;
  const { identity, pin, credentials } = desk.value.member;
  const api = createDeskApi(deps, workerUrl, identity.workspaceId, credentials);
  const there = await fetchStates(api, identity.workspaceId, pin.newest);
  return there.ok ? switchTo(deps, workerUrl) : fail(toMembershipProblem(there.error));
}

/** The old worker is gone and nobody has moved yet: as moving, without telling it. */
export async function moveWithoutOld(
  deps: MembershipDeps,
  { workerUrl: typed, secret }: Move,
): Promise<Done> {
  const workerUrl = parseWorkerUrl(typed);
  if (workerUrl === null) return fail('worker-url-invalid');
  const desk = await openDesk(deps);
  if (!desk.ok) return desk;
  const brought = await bringChain(desk.value, workerUrl, secret);
  return brought.ok ? switchTo(deps, workerUrl) : brought;
}

/** The chain and a key package for each device of its newest state. */
async function bringChain(
  { deps, member, secrets }: Desk,
  workerUrl: string,
  secret: string | undefined,
): Promise<Done> {
  const { workspaceId } = member.identity;
  const { devices } = (await newestState(deps, member.pin.newest)).state;
  const states = (await read(deps.store, 'sync-chain')) ?? [];
  const packages = await sealKeyPackages(workspaceId, secrets.keyring, devices, deps.randomBytes);
  if (!packages) return fail('wrong-key');
  const brought = await createAtWorker(deps, workerUrl, {
    states: [...states],
    packages: [...packages],
    ...(secret !== undefined && { secret }),
  });
  return brought.ok ? succeed(undefined) : fail(toMembershipProblem(brought.error));
}

const newestState = async (
  { store }: Pick<MembershipDeps, 'store'>,
  known: VerifiedState,
): Promise<VerifiedState> => (await read(store, 'sync-pin'))?.newest ?? known;

/** Another address for the same membership: everything about the old storage is forgotten. */
async function switchTo(deps: MembershipDeps, workerUrl: string): Promise<Done> {
  const [identity, pin, chain] = await Promise.all([
    read(deps.store, 'sync-identity'),
    read(deps.store, 'sync-pin'),
    read(deps.store, 'sync-chain'),
  ]);
  if (!identity || !pin || !chain) return fail('not-a-member');
  await write(deps.store, 'sync-prepared', {
    identity: { ...identity, workerUrl, revision: newRevision(deps.randomBytes) },
    pin,
    chain,
    isConfirmed: true,
  });
  await deps.background.adopt();
  return succeed(undefined);
}
