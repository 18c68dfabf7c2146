import { runInDurableObject } from 'cloudflare:test';
import { describe, expect, it } from 'vitest';
import type { DeviceId } from '../../shared/clock.ts';
import type { WorkspaceId } from '../../shared/protocol/ids.ts';
import { CLIENT_HEADER } from '../../shared/protocol/limits.ts';
import { signState } from '../../shared/protocol/workspace-state.ts';
import { begin, withChange } from '../unit/protocol/support/people.ts';
import { ask, codeOf, errorOf, postJson, randomBytes, randomHex, sendJson } from './support/ask.ts';
import {
  addDevice,
  askStatus,
  authorizationOf,
  changeState,
  createWorkspace,
  creationOf,
  fetchStates,
  objectOf,
  refreshed,
  revoke,
  type Device,
} from './support/device.ts';
import { outcomes, pull, pullResponse } from './support/rows.ts';

const asking = (device: Device, authorization: string): Promise<Response> =>
  askStatus({ ...device, authorization });

describe('access', () => {
  it('is refused without credentials and with ones that are no credentials', async () => {
    const device = await createWorkspace();
    expect(await codeOf(await ask(`/v1/workspaces/${device.workspace}`))).toBe('unauthorised');
    for (const authorization of ['Bearer x', 'Mainstay', 'Mainstay a.b.c', 'Mainstay ..']) {
      expect((await asking(device, authorization)).status).toBe(401);
    }
  });

  it('needs the token of the device and not just any', async () => {
    const device = await createWorkspace();
    const { hand, keys } = device;
    const thief = authorizationOf({ ...hand, token: randomBytes(32) }, keys.proof);
    expect(await codeOf(await asking(device, thief))).toBe('unauthorised');
    const stranger = { ...hand.device, id: randomHex(8) as DeviceId };
    const made = authorizationOf({ ...hand, device: stranger }, keys.proof);
    expect(await codeOf(await asking(device, made))).toBe('unauthorised');
  });

  it('needs the workspace key as well: a stolen token alone opens nothing', async () => {
    const device = await createWorkspace();
    const wrong = authorizationOf(device.hand, randomBytes(32));
    expect(await codeOf(await asking(device, wrong))).toBe('wrong-key');
    const without = authorizationOf(device.hand, null);
    expect(await codeOf(await asking(device, without))).toBe('wrong-key');
    for (const path of ['pull', 'push', 'digest', 'versions', 'devices', 'invitations']) {
      const method = path === 'pull' || path === 'push' ? 'POST' : 'GET';
      const response = await ask(`/v1/workspaces/${device.workspace}/${path}`, {
        method,
        headers: { Authorization: without },
      });
      expect(response.status).toBeGreaterThanOrEqual(400);
    }
  });

  it('with the token alone is enough for the signed states and the own key package', async () => {
    const device = await createWorkspace();
    const { states, keyPackage } = await fetchStates(device, 0);
    expect(states).toEqual(device.team.chain);
    expect(keyPackage.length).toBeGreaterThan(100);
  });

  it('with the key of an earlier epoch is told to fetch the newest first', async () => {
    const first = await createWorkspace();
    const second = await addDevice(first);
    const third = await addDevice(first);
    expect((await revoke(first, [third])).status).toBe(200);
    expect(await codeOf(await askStatus(second))).toBe('old-key-epoch');
    expect((await askStatus(await refreshed(second))).status).toBe(200);
  });

  it('does not reach from one workspace into another', async () => {
    const [mine, theirs] = [await createWorkspace(), await createWorkspace()];
    expect(await codeOf(await askStatus({ ...mine, workspace: theirs.workspace }))).toBe(
      'unauthorised',
    );
  });

  it('ends for a removed device at once', async () => {
    const first = await createWorkspace();
    const second = await addDevice(first);
    await pull(second, 0);
    await revoke(first, [second]);
    expect(await codeOf(await askStatus(second))).toBe('unauthorised');
    const states = await ask(`/v1/workspaces/${first.workspace}/state?since=0`, {
      headers: { Authorization: second.authorization },
    });
    expect(await codeOf(states)).toBe('unauthorised');
  });

  it('ends for a client below the floor of the signed state, or of this worker', async () => {
    const device = await createWorkspace();
    const asVersion = (version: string): Promise<Response> =>
      ask(`/v1/workspaces/${device.workspace}`, {
        headers: { Authorization: device.authorization, [CLIENT_HEADER]: version },
      });
    expect(await errorOf(await asVersion('0'))).toEqual({ code: 'client-too-old', floor: 1 });
    expect((await asVersion('1')).status).toBe(200);
    await changeState(device, { floor: 7 });
    const refused = await asVersion('6');
    expect(refused.status).toBe(426);
    expect(await errorOf(refused)).toEqual({ code: 'client-too-old', floor: 7 });
    expect((await asVersion('7')).status).toBe(200);
    expect(await errorOf(await asVersion('seven'))).toEqual({ code: 'client-too-old', floor: 7 });
  });
});

describe('a role', () => {
  it('decides who may write rows', async () => {
    const owner = await createWorkspace();
    const viewer = await addDevice(owner, 'viewer');
    const edit = [{ id: 'row', text: 'x', seq: null }];
    expect(await outcomes(viewer, 1, edit)).toEqual(['read-only']);
    expect(await outcomes(owner, 1, edit)).toEqual(['accepted']);
    expect(await outcomes(viewer, 2, edit)).toEqual(['same']);
    expect((await pullResponse(viewer, { since: 0 })).status).toBe(200);
  });

  it('lets an editor write, and a device made of words not', async () => {
    const owner = await createWorkspace();
    const editor = await addDevice(owner, 'editor');
    const words = await addDevice(owner, undefined, 'recovery');
    const edit = (id: string) => [{ id, text: 'x', seq: null }];
    expect(await outcomes(editor, 1, edit('a'))).toEqual(['accepted']);
    expect(await outcomes(words, 1, edit('b'))).toEqual(['read-only']);
  });

  it('that changes counts from the next request on', async () => {
    const owner = await createWorkspace();
    const editor = await addDevice(owner, 'editor');
    const { members } = owner.team.newest.state;
    const { id } = editor.hand.member;
    await changeState(owner, { members: withChange(members, id, { role: 'viewer' }) });
    expect(await outcomes(editor, 1, [{ id: 'a', text: 'x', seq: null }])).toEqual(['read-only']);
  });

  it('keeps invitations and the end of the workspace to owners', async () => {
    const owner = await createWorkspace();
    const editor = await addDevice(owner, 'editor');
    const headers = { Authorization: editor.authorization };
    const path = `/v1/workspaces/${owner.workspace}`;
    const invite = { type: 'invite', slot: randomHex(16), offer: 'b2ZmZXI', label: 'bmFtZQ' };
    const close = { type: 'close-invitation', slot: randomHex(16) };
    const refused = [
      await postJson(`${path}/invitations`, invite, headers),
      await postJson(`${path}/invitations/close`, close, headers),
      await ask(`${path}/invitations`, { headers }),
      await ask(path, { method: 'DELETE', headers }),
    ];
    for (const response of refused) expect(await codeOf(response)).toBe('not-allowed');
    expect((await askStatus(owner)).status).toBe(200);
  });
});

describe('a workspace', () => {
  it('is created once: the same request again is answered, another one is refused', async () => {
    const begun = await begin();
    const body = await creationOf(begun);
    expect((await postJson('/v1/workspaces', body)).status).toBe(201);
    expect((await postJson('/v1/workspaces', body)).status).toBe(201);
    const other = await begin();
    const { state } = other.first;
    const signed = await signState(
      { ...state, workspace: begun.workspace },
      other.owner.device.id,
      other.owner.keys.sign.privateKey,
    );
    const taken = await postJson('/v1/workspaces', {
      ...(await creationOf(other)),
      states: [signed],
    });
    expect(await codeOf(taken)).toBe('workspace-exists');
  });

  it('that nobody created leaves no storage behind when it is asked for, or refused', async () => {
    const device = await createWorkspace();
    const made = { ...device, workspace: randomHex(16) as WorkspaceId };
    expect(await codeOf(await askStatus(made))).toBe('no-workspace');
    const begun = await begin();
    const without = { ...(await creationOf(begun)), packages: [] };
    expect(await errorOf(await postJson('/v1/workspaces', without))).toEqual({
      code: 'state-refused',
      problem: 'packages',
    });
    for (const workspace of [made.workspace, begun.workspace]) {
      const tables = await runInDurableObject(objectOf({ workspace }), (_object, { storage }) =>
        storage.sql.exec('SELECT name FROM sqlite_master').toArray(),
      );
      expect(tables.filter(({ name }) => !String(name).startsWith('_cf'))).toEqual([]);
    }
  });

  it('is deleted by an owner, for good', async () => {
    const device = await createWorkspace();
    const headers = { Authorization: device.authorization };
    const path = `/v1/workspaces/${device.workspace}`;
    expect((await ask(path, { method: 'DELETE', headers })).status).toBe(200);
    expect(await codeOf(await askStatus(device))).toBe('no-workspace');
  });

  it('keeps only hashes of what its devices show', async () => {
    const { hand, keys, workspace } = await createWorkspace();
    const stored = await runInDurableObject(objectOf({ workspace }), (_object, { storage }) => [
      ...storage.sql.exec('SELECT token_hash AS hash FROM devices').toArray(),
      ...storage.sql.exec('SELECT proof_hash AS hash FROM key_epochs').toArray(),
    ]);
    const secrets = [hand.token, keys.proof].map((bytes) => bytes.join());
    expect(stored).toHaveLength(2);
    for (const { hash } of stored) {
      expect(hash).toBeInstanceOf(ArrayBuffer);
      if (hash instanceof ArrayBuffer) expect(secrets).not.toContain(new Uint8Array(hash).join());
    }
  });
});

describe('a device', () => {
  it('is listed with when it was last seen, to the hour, and nothing of its name', async () => {
    const owner = await createWorkspace();
    await addDevice(owner);
    const response = await ask(`/v1/workspaces/${owner.workspace}/devices`, {
      headers: { Authorization: owner.authorization },
    });
    const { devices } = await response.json<{ devices: { id: string; seenAt: number }[] }>();
    expect(devices.map(({ id }) => id)).toContain(owner.id);
    for (const { seenAt } of devices) expect(seenAt % 3_600_000).toBe(0);
  });

  it('is one too many beyond the number that the worker allows', async () => {
    const owner = await createWorkspace();
    await addDevice(owner);
    await addDevice(owner);
    await expect(addDevice(owner)).rejects.toThrow('too-many-devices');
  });

  it('may leave by itself, and is let in no more', async () => {
    const owner = await createWorkspace();
    const editor = await addDevice(owner, 'editor');
    const devices = owner.team.newest.state.devices.filter(({ id }) => id !== editor.id);
    expect((await changeState(editor, { devices })).status).toBe(200);
    expect(await codeOf(await askStatus(editor))).toBe('unauthorised');
    expect((await sendJson('PUT', `/v1/workspaces/${owner.workspace}/state`, {})).status).toBe(401);
  });
});
