import { base64UrlToBytes, bytesToBase64Url, bytesToHex } from '../../../shared/protocol/bytes.ts';
import { newBoxPair } from '../../../shared/protocol/device-keys.ts';
import type { MemberId } from '../../../shared/protocol/ids.ts';
import {
  agree,
  answerSchema,
  commitTo,
  derivePairingSecrets,
  openPart,
  sealPart,
  type Answer,
  type Grant,
  type Offer,
} from '../../../shared/protocol/joining.ts';
import { INVITATION_LIFETIME_MS, SLOT_LIFETIME_MS } from '../../../shared/protocol/limits.ts';
import { fail, succeed, type Outcome } from '../../../shared/protocol/outcome.ts';
import { newPairingCode } from '../../../shared/protocol/pairing-code.ts';
import type { Role, WorkspaceState } from '../../../shared/protocol/workspace-state.ts';
import { changeState, type Change } from './change-state.ts';
import { createSlotApi, type SlotApi } from './desk-api.ts';
import type { Desk, MembershipDeps } from './desk.ts';
import { sealName } from './labels.ts';
import { isWorthRepeating, toPairingProblem } from './pairing-problem.ts';
import { failed, type HostPairing } from './pairing-state.ts';
import type { MembershipProblem } from './problem.ts';
import type { RequestProblem } from '../worker-request.ts';

const NONCE_BYTES = 32;
const MEMBER_ID_BYTES = 8;

/** Null: another device of one's own. Else another person, with this role. */
export type Invited = { readonly role: Role; readonly note: string } | null;

export async function startHosting(
  { deps, api, member }: Desk,
  invited: Invited,
): Promise<Outcome<HostPairing, RequestProblem>> {
  const code = newPairingCode(deps.randomBytes);
  const { slot, boxKey } = await derivePairingSecrets(code);
  const { privateKey, publicKey } = await newBoxPair();
  const nonce = deps.randomBytes(NONCE_BYTES);
  const offered: Offer = {
    commitment: bytesToBase64Url(await commitTo(publicKey, nonce)),
    ...(invited && { role: invited.role }),
  };
  const offer = await sealPart(boxKey, slot, 'offer', offered, deps.randomBytes);
  const startedAt = deps.now();
  const sealing = { keys: member.keys, device: member.identity.device };
  const opened = invited
    ? await api.invite({
        slot,
        offer,
        label: await sealName(deps, sealing, '#invitation', slot, invited.note),
      })
    : await api.openSlot(slot, offer);
  if (!opened.ok) return opened;
  return succeed({
    role: 'host',
    kind: invited ? 'invitation' : 'pairing',
    phase: 'waiting',
    code,
    expiresAt: startedAt + (invited ? INVITATION_LIFETIME_MS : SLOT_LIFETIME_MS),
    privateKey,
    publicKey,
    nonce,
    memberRole: invited?.role ?? null,
    note: invited?.note ?? '',
    offer,
    answer: null,
    reveal: null,
    check: null,
    joiner: null,
    problem: null,
  });
}

/** Looks into the slot once: takes the answer, shows the public key, works out the six digits. */
export async function stepHosting(desk: Desk, pairing: HostPairing): Promise<HostPairing> {
  const { deps } = desk;
  const { slot, boxKey } = await derivePairingSecrets(pairing.code);
  const meeting = slotOf(desk, slot);
  const read = await meeting.read();
  if (!read.ok) {
    return isWorthRepeating(read.error) ? pairing : failed(pairing, toPairingProblem(read.error));
  }
  if (pairing.reveal !== null) {
    // The page may have closed between noting the reveal and writing it.
    if (read.value.reveal === undefined) await meeting.write('reveal', pairing.reveal);
    return pairing;
  }
  const { answer } = read.value;
  if (answer === undefined) return pairing;
  const joiner = await openPart(boxKey, slot, 'answer', answer, answerSchema);
  const publicKey = base64UrlToBytes(joiner?.publicKey ?? '');
  if (!joiner || !publicKey) return failed(pairing, 'tampered');
  if (joiner.device === (await deps.deviceId())) return failed(pairing, 'same-device');
  const revealed = {
    publicKey: bytesToBase64Url(pairing.publicKey),
    nonce: bytesToBase64Url(pairing.nonce),
  };
  const reveal = await sealPart(boxKey, slot, 'reveal', revealed, deps.randomBytes);
  const agreement = await agree(pairing.privateKey, publicKey, [pairing.offer, answer, reveal]);
  if (!agreement) return failed(pairing, 'tampered');
  return { ...pairing, phase: 'comparing', answer, reveal, check: agreement.check, joiner };
}

/** A person has compared the six digits: signs the device into the state, then says which state. */
export async function grantMembership(
  deps: MembershipDeps,
  desk: Desk,
  pairing: HostPairing,
): Promise<Outcome<HostPairing, MembershipProblem>> {
  const { joiner, answer, reveal, offer } = pairing;
  const publicKey = base64UrlToBytes(joiner?.publicKey ?? '');
  if (!joiner || !publicKey || answer === null || reveal === null) return fail('worker-failed');
  const { slot } = await derivePairingSecrets(pairing.code);
  const meeting = slotOf(desk, slot);
  const agreement = await agree(pairing.privateKey, publicKey, [offer, answer, reveal]);
  if (!agreement) return succeed(failed(pairing, 'tampered'));
  const member = bytesToHex(deps.randomBytes(MEMBER_ID_BYTES)) as MemberId;
  const signed = await changeState(deps, async (state, current) =>
    withJoiner(current, state, joiner, pairing, member),
  );
  if (!signed.ok) return signed;
  const grant: Grant = {
    workspace: signed.value.state.workspace,
    version: signed.value.state.version,
    hash: signed.value.hash,
  };
  const sealed = await sealPart(agreement.grantKey, slot, 'grant', grant, deps.randomBytes);
  // Confirmed before the next look: the reveal must stand before the grant.
  await meeting.write('reveal', reveal);
  const written = await meeting.write('grant', sealed);
  if (written.ok) return succeed({ ...pairing, phase: 'done' });
  return succeed(failed(pairing, toPairingProblem(written.error)));
}

/** Again with the same keys: the page closed after it was signed and before it was granted. */
async function withJoiner(
  { deps, member: me }: Desk,
  state: WorkspaceState,
  joiner: Answer,
  { memberRole }: HostPairing,
  newMember: MemberId,
): Promise<Outcome<Change | null, MembershipProblem>> {
  const known = state.devices.find(({ id }) => id === joiner.device);
  if (known?.boxKey === joiner.boxKey && known.tokenHash === joiner.tokenHash) return succeed(null);
  const mine = state.devices.find(({ id }) => id === me.identity.device)?.member;
  if (!mine) return fail('access-ended');
  const sealing = { keys: me.keys, device: me.identity.device };
  const member = memberRole === null ? mine : newMember;
  const device: WorkspaceState['devices'][number] = {
    id: joiner.device,
    member,
    signKey: joiner.signKey,
    boxKey: joiner.boxKey,
    tokenHash: joiner.tokenHash,
    label: await sealName(deps, sealing, '#device', joiner.device, joiner.deviceName),
    kind: 'device',
  };
  // It may have been a member before, and comes back with new keys.
  const devices = [...state.devices.filter(({ id }) => id !== joiner.device), device];
  if (memberRole === null) return succeed({ changes: { devices } });
  const label = await sealName(deps, sealing, '#member', member, joiner.memberName ?? '');
  const members = [...state.members, { id: member, role: memberRole, label }];
  return succeed({ changes: { devices, members } });
}

const slotOf = ({ deps, member }: Desk, slot: Parameters<typeof createSlotApi>[2]): SlotApi =>
  createSlotApi(deps, member.identity.workerUrl, slot);
