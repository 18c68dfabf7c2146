import { describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { bytesToBase64Url } from '../../shared/protocol/bytes.ts';
import {
  openRecoveryPointer,
  recoveryDeviceFrom,
  sealRecoveryPointer,
  type RecoveryDevice,
} from '../../shared/protocol/recovery.ts';
import { verifySteps } from '../../shared/protocol/workspace-state.ts';
import { recoveryFoundSchema } from '../../shared/protocol/workspace-messages.ts';
import { newHand, type Hand } from '../unit/protocol/support/people.ts';
import { ask, codeOf, postJson, randomBytes, sendJson } from './support/ask.ts';
import {
  addDevice,
  askStatus,
  changeState,
  createWorkspace,
  fetchStates,
  hasNewestKey,
  refreshed,
  revoke,
  toDevice,
  type Device,
} from './support/device.ts';

/** Words of the member that `by` belongs to, listed in a signed state. */
async function makeWords(by: Device): Promise<{ words: RecoveryDevice; hand: Hand }> {
  const words = await recoveryDeviceFrom(randomBytes(32));
  const { member } = by.hand;
  const base = await newHand(member.role, member, 'recovery');
  const device = {
    ...base.device,
    id: words.id,
    signKey: bytesToBase64Url(words.keys.sign.publicKey),
    boxKey: bytesToBase64Url(words.keys.box.publicKey),
    tokenHash: words.tokenHash,
  };
  const response = await changeState(by, {
    devices: [...by.team.newest.state.devices, device],
  });
  if (!response.ok) throw new Error(await response.text());
  return { words, hand: { member, device, keys: words.keys, token: words.token } };
}

async function setPointer(by: Device, words: RecoveryDevice): Promise<Response> {
  const { state, hash } = by.team.newest;
  const place = { workspace: by.workspace, version: state.version, hash };
  const pointer = await sealRecoveryPointer(words, place, randomBytes);
  return sendJson(
    'PUT',
    `/v1/workspaces/${by.workspace}/recovery`,
    { type: 'set-recovery', device: words.id, find: words.find, pointer },
    { Authorization: by.authorization },
  );
}

const find = (words: RecoveryDevice): Promise<Response> =>
  postJson('/v1/recovery/find', { type: 'find-recovery', find: words.find });

describe('recovery words', () => {
  it('lead back into the workspace when every device is lost', async () => {
    const owner = await createWorkspace();
    const { words, hand } = await makeWords(owner);
    expect((await setPointer(owner, words)).status).toBe(200);

    const found = v.parse(recoveryFoundSchema, await (await find(words)).json());
    const pointer = await openRecoveryPointer(words, found.pointer);
    expect(pointer?.workspace).toBe(owner.workspace);
    const asWords = await toDevice(owner.team, hand);
    const { states } = await fetchStates(asWords, 0);
    const chain = await verifySteps(owner.workspace, null, states);
    const pinned = chain.ok && chain.value.find(({ state }) => state.version === pointer?.version);
    expect(pinned && pinned.hash).toBe(pointer?.hash);
    expect(await hasNewestKey(asWords)).toBe(true);

    const replacement = await addDevice(asWords);
    expect((await askStatus(replacement)).status).toBe(200);
    expect((await revoke(asWords, [owner])).status).toBe(200);
    expect(await codeOf(await askStatus(owner))).toBe('unauthorised');
  });

  it('lead nowhere once they were replaced', async () => {
    const owner = await createWorkspace();
    const { words, hand } = await makeWords(owner);
    await setPointer(owner, words);
    await revoke(owner, [await toDevice(owner.team, hand)]);
    expect(await codeOf(await find(words))).toBe('recovery-unknown');
    const now = await refreshed(owner);
    const later = await makeWords(now);
    expect((await setPointer(now, later.words)).status).toBe(200);
    expect((await find(later.words)).status).toBe(200);
  });

  it('cannot be led elsewhere by another workspace that has learnt where they lead', async () => {
    const owner = await createWorkspace();
    const { words } = await makeWords(owner);
    await setPointer(owner, words);
    const other = await createWorkspace();
    const theirs = await makeWords(other);
    const squat = await setPointer(other, { ...theirs.words, find: words.find });
    expect(await codeOf(squat)).toBe('not-allowed');
    const found = v.parse(recoveryFoundSchema, await (await find(words)).json());
    expect((await openRecoveryPointer(words, found.pointer))?.workspace).toBe(owner.workspace);
  });

  it('are set for a device of the own member, or by an owner', async () => {
    const owner = await createWorkspace();
    const { words } = await makeWords(owner);
    const editor = await addDevice(owner, 'editor');
    expect(await codeOf(await setPointer(editor, words))).toBe('not-allowed');
    const unlisted = await recoveryDeviceFrom(randomBytes(32));
    expect(await codeOf(await setPointer(owner, unlisted))).toBe('not-allowed');
  });

  it('are forgotten with their workspace', async () => {
    const owner = await createWorkspace();
    const { words } = await makeWords(owner);
    await setPointer(owner, words);
    await ask(`/v1/workspaces/${owner.workspace}`, {
      method: 'DELETE',
      headers: { Authorization: owner.authorization },
    });
    expect(await codeOf(await find(words))).toBe('recovery-unknown');
  });
});
