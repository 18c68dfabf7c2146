import { runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { describe, expect, it } from 'vitest';
import type { DeviceId } from '../../shared/clock.ts';
import { newKeyring } from '../../shared/protocol/keyring.ts';
import { createWorkspaceKeys } from '../../shared/protocol/keys.ts';
import type { WorkspaceId } from '../../shared/protocol/ids.ts';
import {
  addDevice,
  ask,
  codeOf,
  createWorkspace,
  creation,
  postJson,
  pull,
  randomBytes,
  randomHex,
  toDevice,
  type Device,
} from './support/device.ts';

const stateOf = ({ workspace, authorization }: Device): Promise<Response> =>
  ask(`/v1/workspaces/${workspace}`, { headers: { Authorization: authorization } });

describe('access', () => {
  it('is refused without credentials and with ones that are no credentials', async () => {
    const { workspace } = await createWorkspace();
    expect(await codeOf(await ask(`/v1/workspaces/${workspace}`))).toBe('unauthorised');
    for (const authorization of ['Bearer x', 'Mainstay', 'Mainstay a.b.c', 'Mainstay ..']) {
      const response = await ask(`/v1/workspaces/${workspace}`, {
        headers: { Authorization: authorization },
      });
      expect(response.status).toBe(401);
    }
  });

  it('needs the token of the device and not just any', async () => {
    const device = await createWorkspace();
    const thief = toDevice(device.keys, device.id, randomBytes(32), device.epoch);
    expect(await codeOf(await stateOf(thief))).toBe('unauthorised');
    const stranger = toDevice(device.keys, randomHex(8) as DeviceId, device.token, device.epoch);
    expect(await codeOf(await stateOf(stranger))).toBe('unauthorised');
  });

  it('needs the workspace key as well: a stolen token alone opens nothing', async () => {
    const device = await createWorkspace();
    const otherKeys = await createWorkspaceKeys(device.workspace, newKeyring(randomBytes));
    const thief = toDevice(otherKeys, device.id, device.token, device.epoch);
    expect(await codeOf(await stateOf(thief))).toBe('wrong-key');
  });

  it('does not reach from one workspace into another', async () => {
    const [mine, theirs] = [await createWorkspace(), await createWorkspace()];
    expect(await codeOf(await stateOf({ ...mine, workspace: theirs.workspace }))).toBe(
      'unauthorised',
    );
  });

  it('ends for a removed device at once', async () => {
    const first = await createWorkspace();
    const second = await addDevice(first);
    await pull(second, 0);
    await ask(`/v1/workspaces/${first.workspace}/devices/${second.id}`, {
      method: 'DELETE',
      headers: { Authorization: first.authorization },
    });
    expect(await codeOf(await stateOf(second))).toBe('unauthorised');
  });

  it('is counted: one device too many is refused', async () => {
    const first = await createWorkspace();
    await addDevice(first);
    await addDevice(first);
    await expect(addDevice(first)).rejects.toThrow('409');
  });
});

describe('a workspace', () => {
  it('is created once: the same request again is answered, another one is refused', async () => {
    const device = await createWorkspace();
    const again = await postJson(
      '/v1/workspaces',
      await creation(device.keys, device.id, device.token),
    );
    expect(again.status).toBe(201);
    const other = await createWorkspaceKeys(device.workspace, newKeyring(randomBytes));
    const taken = await postJson('/v1/workspaces', await creation(other, device.id, device.token));
    expect(await codeOf(taken)).toBe('workspace-exists');
  });

  it('that nobody created leaves no storage behind when it is asked for', async () => {
    const device = await createWorkspace();
    const made = { ...device, workspace: randomHex(16) as WorkspaceId };
    expect(await codeOf(await stateOf(made))).toBe('no-workspace');
    const tables = await runInDurableObject(
      env.WORKSPACES.get(env.WORKSPACES.idFromName(made.workspace)),
      (_object, { storage }) => storage.sql.exec('SELECT name FROM sqlite_master').toArray(),
    );
    expect(tables.filter(({ name }) => !String(name).startsWith('_cf'))).toEqual([]);
  });

  it('is deleted with its last device', async () => {
    const device = await createWorkspace();
    await ask(`/v1/workspaces/${device.workspace}/devices/${device.id}`, {
      method: 'DELETE',
      headers: { Authorization: device.authorization },
    });
    expect(await codeOf(await stateOf(device))).toBe('no-workspace');
  });

  it('keeps only hashes of what its devices show', async () => {
    const device = await createWorkspace();
    const stored = await runInDurableObject(
      env.WORKSPACES.get(env.WORKSPACES.idFromName(device.workspace)),
      (_object, { storage }) => [
        ...storage.sql.exec('SELECT token_hash AS hash FROM devices').toArray(),
        ...storage.sql.exec('SELECT proof_hash AS hash FROM workspace').toArray(),
      ],
    );
    const secrets = [device.token, device.keys.proof].map((bytes) => bytes.join());
    for (const { hash } of stored) {
      expect(hash).toBeInstanceOf(ArrayBuffer);
      if (hash instanceof ArrayBuffer) expect(secrets).not.toContain(new Uint8Array(hash).join());
    }
  });
});
