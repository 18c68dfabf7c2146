import { describe, expect, it } from 'vitest';
import { createApp } from '../../worker/app.ts';
import { creationPolicyFrom } from '../../worker/config.ts';
import { objectServices } from '../../worker/object-services.ts';
import type { RequestLog } from '../../worker/services.ts';
import { env } from 'cloudflare:workers';
import type { DeviceId } from '../../shared/clock.ts';
import { newKeyring } from '../../shared/protocol/keyring.ts';
import { createWorkspaceKeys } from '../../shared/protocol/keys.ts';
import type { WorkspaceId } from '../../shared/protocol/ids.ts';
import {
  ask,
  codeOf,
  createWorkspace,
  creation,
  ORIGIN,
  postJson,
  randomBytes,
  randomHex,
} from './support/device.ts';

const EXTENSION = 'chrome-extension://abcdefghijklmnopabcdefghijklmnop';

describe('requests', () => {
  it('are answered to extensions and to no web page', async () => {
    const allowed = await ask('/health', { headers: { Origin: EXTENSION } });
    expect(allowed.headers.get('access-control-allow-origin')).toBe(EXTENSION);
    for (const origin of [
      'https://evil.example',
      'http://localhost:3000',
      `${EXTENSION}.evil.example`,
    ]) {
      const refused = await ask('/health', { headers: { Origin: origin } });
      expect(refused.status).toBe(403);
      expect(refused.headers.get('access-control-allow-origin')).toBeNull();
    }
  });

  it('may be announced by a preflight, with the two headers they need', async () => {
    const preflight = await ask('/v1/workspaces', {
      method: 'OPTIONS',
      headers: { Origin: 'moz-extension://2c127fa4-62c7-7e4f-90e5-472b45eecfdc' },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-headers')).toBe(
      'Authorization, Content-Type',
    );
  });

  it('carry the security headers also when they fail', async () => {
    const missing = await ask('/nothing/here');
    expect(missing.status).toBe(404);
    expect(await codeOf(missing)).toBe('not-found');
    expect(missing.headers.get('x-content-type-options')).toBe('nosniff');
    expect(missing.headers.get('cache-control')).toBe('no-store');
  });

  it('of another protocol version are told so', async () => {
    const response = await postJson('/v1/workspaces', { v: 2, type: 'create' });
    expect(response.status).toBe(426);
    expect(await codeOf(response)).toBe('unsupported-version');
  });

  it('larger than agreed are refused, whatever their header says', async () => {
    const response = await ask('/v1/workspaces', { method: 'POST', body: 'x'.repeat(16_001) });
    expect(response.status).toBe(413);
    const chunk = new Uint8Array(10_000);
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(chunk);
        controller.enqueue(chunk);
        controller.close();
      },
    });
    expect((await ask('/v1/workspaces', { method: 'POST', body })).status).toBe(413);
  });

  it('leave lines in the log that name a route and no workspace, device or secret', async () => {
    const lines: RequestLog[] = [];
    const services = { ...objectServices(env), log: (line: RequestLog) => void lines.push(line) };
    const device = await createWorkspace();
    await createApp().fetch(
      new Request(
        `${ORIGIN}/v1/workspaces/${device.workspace}/pull?since=0&epoch=${device.epoch}`,
        {
          headers: { Authorization: device.authorization },
        },
      ),
      services,
    );
    expect(lines).toMatchObject([
      { event: 'request', method: 'GET', route: '/v1/workspaces/:workspace/pull', status: 200 },
    ]);
    const text = JSON.stringify(lines);
    for (const secret of [device.workspace, device.id, device.epoch])
      expect(text).not.toContain(secret);
  });

  it('that run into a bug are answered without its message', async () => {
    const lines: RequestLog[] = [];
    const services = {
      ...objectServices(env),
      workspace: () => {
        throw new Error('the row of Noa Levi is broken');
      },
      log: (line: RequestLog) => void lines.push(line),
    };
    const device = await createWorkspace();
    const response = await createApp().fetch(
      new Request(`${ORIGIN}/v1/workspaces/${device.workspace}`, {
        headers: { Authorization: device.authorization },
      }),
      services,
    );
    expect(await response.json()).toEqual({ error: { code: 'internal' } });
    expect(JSON.stringify(lines)).not.toContain('Noa');
    expect(lines[0]).toMatchObject({ event: 'failure', code: 'Error' });
  });
});

describe('creating a workspace', () => {
  const create = async (creationEnv: Partial<Cloudflare.Env>, secret?: string): Promise<number> => {
    const keys = await createWorkspaceKeys(randomHex(16) as WorkspaceId, newKeyring(randomBytes));
    const body = await creation(keys, randomHex(8) as DeviceId, randomBytes(32));
    const services = {
      ...objectServices(env),
      creation: creationPolicyFrom({ ...env, ...creationEnv }),
      log: () => {},
    };
    const response = await createApp().fetch(
      new Request(`${ORIGIN}/v1/workspaces`, {
        method: 'POST',
        body: JSON.stringify({ v: 1, ...body, ...(secret !== undefined && { secret }) }),
      }),
      services,
    );
    return response.status;
  };

  it('is open, by secret or closed, and closed when the setting makes no sense', async () => {
    expect(await create({ WORKSPACE_CREATION: 'open' })).toBe(201);
    expect(await create({ WORKSPACE_CREATION: 'secret', WORKSPACE_SECRET: 's3' }, 's3')).toBe(201);
    expect(await create({ WORKSPACE_CREATION: 'secret', WORKSPACE_SECRET: 's3' }, 's4')).toBe(403);
    expect(await create({ WORKSPACE_CREATION: 'secret', WORKSPACE_SECRET: 's3' })).toBe(403);
    expect(await create({ WORKSPACE_CREATION: 'secret' }, '')).toBe(403);
    expect(await create({ WORKSPACE_CREATION: 'closed' })).toBe(403);
    expect(await create({ WORKSPACE_CREATION: 'opne' })).toBe(403);
  });
});
