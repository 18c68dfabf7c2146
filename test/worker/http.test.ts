import { describe, expect, it } from 'vitest';
import { createApp } from '../../worker/app.ts';
import { creationPolicyFrom, isOriginAllowed } from '../../worker/config.ts';
import { objectServices } from '../../worker/object-services.ts';
import type { LogEntry, Scope } from '../../worker/services.ts';
import { env } from 'cloudflare:workers';
import { JOIN_PAGE, JOIN_STYLE_HASH } from '../../worker/join-page.ts';
import { begin } from '../unit/protocol/support/people.ts';
import { ask, codeOf, ORIGIN, postJson } from './support/ask.ts';
import { createWorkspace, creationOf } from './support/device.ts';

const EXTENSION = 'chrome-extension://abcdefghijklmnopabcdefghijklmnop';

describe('requests', () => {
  it('are answered to extensions and to no web page', async () => {
    const allowed = await ask('/health', { headers: { Origin: EXTENSION } });
    expect(allowed.headers.get('access-control-allow-origin')).toBe(EXTENSION);
    for (const origin of [
      'https://evil.example',
      'http://localhost:3000',
      'null',
      'chrome-extension://short',
      'moz-extension://not-a-uuid',
      `${EXTENSION}.evil.example`,
    ]) {
      const refused = await ask('/health', { headers: { Origin: origin } });
      expect(refused.status).toBe(403);
      expect(refused.headers.get('access-control-allow-origin')).toBeNull();
    }
  });

  it('of a web page do nothing, even those that a browser sends without asking first', async () => {
    const slot = 'a'.repeat(32);
    const device = await createWorkspace();
    const headers = { Authorization: device.authorization };
    await postJson(
      `/v1/pairing/${device.workspace}/open`,
      { type: 'open-slot', slot, offer: 'b2ZmZXI' },
      headers,
    );
    const close = JSON.stringify({ v: 1, type: 'close-slot', slot });
    for (const Origin of ['https://evil.example', 'null']) {
      const simple = { Origin, 'Content-Type': 'text/plain' };
      const init = { method: 'POST', headers: simple, body: close };
      expect(await codeOf(await ask('/v1/pairing/close', init))).toBe('origin-refused');
    }
    const read = { type: 'read-slot', slot };
    expect((await postJson('/v1/pairing/read', read)).status).toBe(200);
  });

  it('are answered to the listed extensions alone, where the owner has listed some', async () => {
    const services = {
      ...objectServices(env),
      isOriginAllowed: isOriginAllowed({ EXTENSION_ORIGINS: ` ${EXTENSION} , https://x.example` }),
    };
    const other = 'moz-extension://2c127fa4-62c7-7e4f-90e5-472b45eecfdc';
    const from = async (Origin: string): Promise<number> => {
      const request = new Request(`${ORIGIN}/health`, { headers: { Origin } });
      return (await createApp().fetch(request, services)).status;
    };
    expect(await from(EXTENSION)).toBe(200);
    expect(await from(other)).toBe(403);
  });

  it('may be announced by a preflight, with the headers they need', async () => {
    const preflight = await ask('/v1/workspaces', {
      method: 'OPTIONS',
      headers: { Origin: 'moz-extension://2c127fa4-62c7-7e4f-90e5-472b45eecfdc' },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-headers')).toBe(
      'Authorization, Content-Type, Mainstay-Client',
    );
  });

  it('carry the security headers whatever the answer is', async () => {
    const answers = [
      await ask('/health'),
      await ask('/join'),
      await ask('/nothing/here'),
      await ask('/health', { headers: { Origin: 'https://evil.example' } }),
      await ask('/health', { method: 'OPTIONS', headers: { Origin: EXTENSION } }),
      await postJson('/v1/workspaces', {}),
      await ask('/v1/workspaces', { method: 'POST', body: 'x'.repeat(4_000_001) }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 404, 403, 204, 400, 413]);
    for (const { headers } of answers) {
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('cache-control')).toBe('no-store');
      for (const what of [
        'default-src',
        'object-src',
        'base-uri',
        'form-action',
        'frame-ancestors',
      ]) {
        expect(headers.get('content-security-policy')).toContain(`${what} 'none'`);
      }
      expect(headers.get('content-security-policy')).toContain('sandbox');
      expect(headers.get('strict-transport-security')).toContain('max-age=');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
    }
  });

  it('that come too fast from one address are put off, each kind by its own count', async () => {
    const asked: string[] = [];
    const services = {
      ...objectServices(env),
      isAllowed: async (scope: Scope, from: string) => {
        asked.push(`${scope} ${from}`);
        return scope === 'any';
      },
    };
    for (const path of ['workspaces', 'pairing/read', 'recovery/find']) {
      const init = { method: 'POST', headers: { 'cf-connecting-ip': '192.0.2.1' } };
      const request = new Request(`${ORIGIN}/v1/${path}`, init);
      expect((await createApp().fetch(request, services)).status).toBe(429);
    }
    expect(asked).toEqual(
      ['create', 'pair', 'recover'].flatMap((scope) => ['any 192.0.2.1', `${scope} 192.0.2.1`]),
    );
  });

  it('are counted by the platform, for each address by itself', async () => {
    const headers = { 'cf-connecting-ip': '192.0.2.2' };
    const find = { type: 'find-recovery', find: 'f'.repeat(32) };
    const codes = new Set<string>();
    // The count may begin anew in the middle of this, but not each time.
    for (let round = 0; round < 40 && codes.size < 2; round += 1) {
      const some = Array.from({ length: 50 }, () => postJson('/v1/recovery/find', find, headers));
      for (const response of await Promise.all(some)) codes.add(await codeOf(response));
    }
    expect(codes).toEqual(new Set(['recovery-unknown', 'too-many-requests']));
    expect(await codeOf(await postJson('/v1/recovery/find', find))).toBe('recovery-unknown');
  });

  it('of another protocol version are told so', async () => {
    const response = await postJson('/v1/workspaces', { v: 2, type: 'create' });
    expect(response.status).toBe(426);
    expect(await codeOf(response)).toBe('unsupported-version');
  });

  it('larger than agreed are refused, whatever their header says', async () => {
    const response = await ask('/v1/pairing/read', { method: 'POST', body: 'x'.repeat(16_001) });
    expect(response.status).toBe(413);
    const chunk = new Uint8Array(10_000);
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(chunk);
        controller.enqueue(chunk);
        controller.close();
      },
    });
    expect((await ask('/v1/pairing/read', { method: 'POST', body })).status).toBe(413);
  });

  it('leave lines in the log that name a route and no workspace, device or secret', async () => {
    const lines: LogEntry[] = [];
    const services = { ...objectServices(env), log: (line: LogEntry) => void lines.push(line) };
    const device = await createWorkspace();
    for (const Authorization of [device.authorization, `${device.authorization}x`]) {
      const url = `${ORIGIN}/v1/workspaces/${device.workspace}/digest?bucket=ab`;
      const headers = { Authorization, 'Mainstay-Client': '1' };
      await createApp().fetch(new Request(url, { headers }), services);
    }
    expect(lines).toMatchObject([
      { event: 'request', method: 'GET', route: '/v1/workspaces/:workspace/digest', status: 200 },
      { event: 'request', method: 'GET', route: '/v1/workspaces/:workspace/digest', status: 401 },
    ]);
    const text = JSON.stringify(lines);
    for (const secret of [device.workspace, device.id, device.epoch])
      expect(text).not.toContain(secret);
  });

  it('that run into a bug are answered without its message', async () => {
    const lines: LogEntry[] = [];
    const services = {
      ...objectServices(env),
      workspace: () => {
        throw new Error('the row of Noa Levi is broken');
      },
      log: (line: LogEntry) => void lines.push(line),
    };
    const device = await createWorkspace();
    const response = await createApp().fetch(
      new Request(`${ORIGIN}/v1/workspaces/${device.workspace}`, {
        headers: { Authorization: device.authorization },
      }),
      services,
    );
    expect(await response.json()).toEqual({ error: { code: 'internal' } });
    expect(JSON.stringify(lines)).not.toContain('Noa Levi');
    expect(lines[0]).toMatchObject({ event: 'failure', code: 'Error' });
  });
});

describe('creating a workspace', () => {
  const create = async (creationEnv: Partial<Cloudflare.Env>, secret?: string): Promise<number> => {
    const body = await creationOf(await begin());
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

describe('the page behind an invitation', () => {
  it('runs nothing, loads nothing and says what to do in both languages', async () => {
    const response = await ask('/join');
    expect(response.headers.get('content-type')).toContain('text/html');
    const page = await response.text();
    expect(page).toContain('You were invited');
    expect(page).toContain('lang="he" dir="rtl"');
    expect(page).not.toMatch(/<script|<img|<link|<form|https?:/);
  });

  it('shows its style, which its own policy names by hash', async () => {
    const style = /<style>([\s\S]*)<\/style>/.exec(JOIN_PAGE)?.[1] ?? '';
    const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(style));
    expect(btoa(String.fromCharCode(...new Uint8Array(hash)))).toBe(JOIN_STYLE_HASH);
    const response = await ask('/join');
    expect(response.headers.get('content-security-policy')).toContain(JOIN_STYLE_HASH);
  });
});
