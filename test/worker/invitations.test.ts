import { describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { slotSchema } from '../../shared/protocol/messages.ts';
import { invitationsSchema } from '../../shared/protocol/workspace-messages.ts';
import { ask, codeOf, postJson, randomHex } from './support/ask.ts';
import { createWorkspace, type Device } from './support/device.ts';

const LABEL = 'Zm9yIE5vYQ';

const invite = ({ workspace, authorization }: Device, slot: string): Promise<Response> =>
  postJson(
    `/v1/workspaces/${workspace}/invitations`,
    { type: 'invite', slot, offer: 'b2ZmZXI', label: LABEL },
    { Authorization: authorization },
  );
const close = ({ workspace, authorization }: Device, slot: string): Promise<Response> =>
  postJson(
    `/v1/workspaces/${workspace}/invitations/close`,
    { type: 'close-invitation', slot },
    { Authorization: authorization },
  );
const readSlot = (slot: string): Promise<Response> =>
  postJson('/v1/pairing/read', { type: 'read-slot', slot });

async function listed({ workspace, authorization }: Device) {
  const response = await ask(`/v1/workspaces/${workspace}/invitations`, {
    headers: { Authorization: authorization },
  });
  return v.parse(invitationsSchema, await response.json()).invitations;
}

describe('an invitation', () => {
  it('waits seven days for an answer, and is listed for the owners', async () => {
    const owner = await createWorkspace();
    const slot = randomHex(16);
    expect((await invite(owner, slot)).status).toBe(201);
    expect((await invite(owner, slot)).status).toBe(201);
    expect(await listed(owner)).toMatchObject([{ slot, device: owner.id, label: LABEL }]);
    const { expiresInMs } = v.parse(slotSchema, await (await readSlot(slot)).json());
    expect(expiresInMs).toBeGreaterThan(6.9 * 24 * 60 * 60 * 1000);
  });

  it('can be taken back by an owner, and by no other workspace', async () => {
    const [owner, other] = [await createWorkspace(), await createWorkspace()];
    const slot = randomHex(16);
    await invite(owner, slot);
    expect(await codeOf(await close(other, slot))).toBe('slot-gone');
    expect((await readSlot(slot)).status).toBe(200);
    expect((await close(owner, slot)).status).toBe(200);
    expect(await codeOf(await readSlot(slot))).toBe('slot-gone');
    expect(await listed(owner)).toEqual([]);
  });

  it('is not listed when its slot is taken already', async () => {
    const [owner, other] = [await createWorkspace(), await createWorkspace()];
    const slot = randomHex(16);
    await invite(owner, slot);
    const taken = await postJson(
      `/v1/workspaces/${other.workspace}/invitations`,
      { type: 'invite', slot, offer: 'b3RoZXI', label: LABEL },
      { Authorization: other.authorization },
    );
    expect(await codeOf(taken)).toBe('slot-used');
    expect(await listed(other)).toEqual([]);
    expect((await readSlot(slot)).status).toBe(200);
  });

  it('is one of fifty at most', async () => {
    const owner = await createWorkspace();
    for (let n = 0; n < 50; n += 1) await invite(owner, randomHex(16));
    expect(await codeOf(await invite(owner, randomHex(16)))).toBe('too-many-invitations');
  });

  it('ends with its workspace', async () => {
    const owner = await createWorkspace();
    const slot = randomHex(16);
    await invite(owner, slot);
    await ask(`/v1/workspaces/${owner.workspace}`, {
      method: 'DELETE',
      headers: { Authorization: owner.authorization },
    });
    expect(await codeOf(await readSlot(slot))).toBe('slot-gone');
  });
});
