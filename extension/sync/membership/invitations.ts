import { derivePairingSecrets } from '../../../shared/protocol/joining.ts';
import { formatInvitationLink } from '../../../shared/protocol/invitation-link.ts';
import type { SlotId } from '../../../shared/protocol/ids.ts';
import { fail, succeed, type Outcome } from '../../../shared/protocol/outcome.ts';
import type { Role } from '../../../shared/protocol/workspace-state.ts';
import { roleOf } from '../session.ts';
import { read, write, type Awaited } from '../store-keys.ts';
import { openDesk, type Desk, type MembershipDeps } from './desk.ts';
import { keep, readKept } from './kept.ts';
import { openName } from './labels.ts';
import { grantMembership, startHosting, stepHosting } from './pairing-host.ts';
import { failed, isUnderWay, type HostPairing, type PairingProblem } from './pairing-state.ts';
import { toMembershipProblem, type MembershipProblem } from './problem.ts';

/** An invitation as the owners see it. */
export interface InvitationLine {
  readonly id: SlotId;
  /** For whom, in the inviter's words; null when it cannot be read here. */
  readonly note: string | null;
  readonly role: Role | null;
  /** Only on the device that made it: the secret is nowhere else. */
  readonly link: string | null;
  readonly expiresAt: number;
  /** `elsewhere`: made on another device, which alone can go on with it. */
  readonly phase: HostPairing['phase'] | 'elsewhere';
  /** Once answered: who it was, on which device, and the six digits to compare. */
  readonly memberName: string | null;
  readonly deviceName: string | null;
  readonly check: string | null;
  readonly problem: PairingProblem | null;
}

type Problem = MembershipProblem | PairingProblem;

export async function invite(
  deps: MembershipDeps,
  invited: { readonly role: Role; readonly note: string },
): Promise<Outcome<InvitationLine, Problem>> {
  const desk = await openDesk(deps);
  if (!desk.ok) return desk;
  const { pin, identity } = desk.value.member;
  if (roleOf(pin.newest.state, identity.device) !== 'owner') return fail('not-allowed');
  const started = await startHosting(desk.value, invited);
  if (!started.ok) return fail(toMembershipProblem(started.error));
  await keepInvitations(desk.value, [...(await kept(deps)), started.value]);
  return succeed(await toLine(desk.value, started.value));
}

/** One look into each slot; what has been answered shows who it was and the digits. */
export async function listInvitations(
  deps: MembershipDeps,
): Promise<Outcome<readonly InvitationLine[], Problem>> {
  const desk = await openDesk(deps);
  if (!desk.ok) return desk;
  const before = await kept(deps);
  const stepped: HostPairing[] = [];
  for (const each of before) {
    const isOver = deps.now() >= each.expiresAt && isUnderWay(each);
    if (isOver) stepped.push(failed(each, 'expired'));
    else stepped.push(isUnderWay(each) ? await stepHosting(desk.value, each) : each);
  }
  await keepInvitations(desk.value, stepped);
  // What was answered just now: kept first, and only then shown to the other side.
  for (const [index, each] of stepped.entries()) {
    if (each.reveal !== before[index]?.reveal) await stepHosting(desk.value, each);
  }
  const own = await Promise.all(stepped.map((each) => toLine(desk.value, each)));
  const listed = await desk.value.api.invitations();
  if (!listed.ok) return succeed(own);
  const others = listed.value.invitations.filter(({ slot }) => own.every(({ id }) => id !== slot));
  return succeed([
    ...own,
    ...(await Promise.all(
      others.map(async ({ slot, label, expiresInMs }) => ({
        id: slot,
        note: await openName(desk.value.member.keys, '#invitation', slot, label),
        role: null,
        link: null,
        expiresAt: deps.now() + expiresInMs,
        phase: 'elsewhere' as const,
        memberName: null,
        deviceName: null,
        check: null,
        problem: null,
      })),
    )),
  ]);
}

/** The owner has compared the six digits with the invited. */
export async function approve(
  deps: MembershipDeps,
  id: SlotId,
): Promise<Outcome<InvitationLine, Problem>> {
  const desk = await openDesk(deps);
  if (!desk.ok) return desk;
  const found = await findKept(deps, id);
  if (found?.phase !== 'comparing') return fail('expired');
  const granted = await grantMembership(deps, desk.value, found);
  if (!granted.ok) return granted;
  await replaceKept(desk.value, id, granted.value);
  return succeed(await toLine(desk.value, granted.value));
}

/** Takes an invitation back, or puts away one that is over. */
export async function revokeInvitation(
  deps: MembershipDeps,
  id: SlotId,
): Promise<Outcome<void, Problem>> {
  const desk = await openDesk(deps);
  if (!desk.ok) return desk;
  const closed = await desk.value.api.closeInvitation(id);
  if (!closed.ok && closed.error.code !== 'slot-gone') {
    return fail(toMembershipProblem(closed.error));
  }
  await replaceKept(desk.value, id, null);
  return succeed(undefined);
}

const kept = async ({ store }: Pick<MembershipDeps, 'store'>): Promise<readonly HostPairing[]> =>
  (await readKept(store, 'sync-invitations')) ?? [];

const slotOf = async ({ code }: HostPairing): Promise<SlotId> =>
  (await derivePairingSecrets(code)).slot;

async function findKept(deps: MembershipDeps, id: SlotId): Promise<HostPairing | null> {
  for (const each of await kept(deps)) if ((await slotOf(each)) === id) return each;
  return null;
}

async function replaceKept(desk: Desk, id: SlotId, next: HostPairing | null): Promise<void> {
  const others: HostPairing[] = [];
  for (const each of await kept(desk.deps)) {
    if ((await slotOf(each)) !== id) others.push(each);
    else if (next) others.push(next);
  }
  await keepInvitations(desk, others);
}

/** Beside them what the background looks for while no page is open. */
async function keepInvitations(
  { deps, member }: Desk,
  invitations: readonly HostPairing[],
): Promise<void> {
  await keep(deps.store, 'sync-invitations', invitations);
  const others = ((await read(deps.store, 'sync-awaited')) ?? []).filter(
    ({ part }) => part !== 'answer',
  );
  const answers: Awaited[] = [];
  for (const each of invitations.filter(isUnderWay)) {
    answers.push({
      slot: await slotOf(each),
      workerUrl: member.identity.workerUrl,
      part: 'answer',
      expiresAt: each.expiresAt,
      isThere: each.phase === 'comparing',
    });
  }
  await write(deps.store, 'sync-awaited', [...others, ...answers]);
}

async function toLine({ member }: Desk, invitation: HostPairing): Promise<InvitationLine> {
  const { note, memberRole, code, expiresAt, phase, joiner, check, problem } = invitation;
  const { workerUrl } = member.identity;
  return {
    id: await slotOf(invitation),
    note,
    role: memberRole,
    link: phase === 'waiting' ? formatInvitationLink({ workerUrl, code }) : null,
    expiresAt,
    phase,
    memberName: joiner?.memberName ?? null,
    deviceName: joiner?.deviceName ?? null,
    check,
    problem,
  };
}
