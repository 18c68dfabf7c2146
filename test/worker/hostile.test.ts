import { beforeAll, describe, expect, it } from 'vitest';
import * as v from 'valibot';
import {
  bytesToHex,
  concatBytes,
  textToBytes,
  u32ToBytes,
  type Bytes,
} from '../../shared/protocol/bytes.ts';
import { errorBodySchema, ERROR_STATUS } from '../../shared/protocol/errors.ts';
import { encodeFrame } from '../../shared/protocol/frame.ts';
import { begin } from '../unit/protocol/support/people.ts';
import { ask, postJson, randomBytes, randomHex } from './support/ask.ts';
import { addDevice, createWorkspace, creationOf, statusOf, type Device } from './support/device.ts';
import { frameOf, outcomes, pull } from './support/rows.ts';

/** A place where something from outside comes in, with a message that it would take. */
interface Entrance {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly valid?: object;
  readonly maxBytes?: number;
}

let device: Device;
let entrances: readonly Entrance[];

beforeAll(async () => {
  device = await createWorkspace();
  const path = `/v1/workspaces/${device.workspace}`;
  const slot = randomHex(16);
  const signed = device.team.chain[0];
  const creation = await creationOf(await begin());
  entrances = [
    { method: 'POST', path: '/v1/workspaces', valid: creation, maxBytes: 4_000_000 },
    { method: 'GET', path },
    { method: 'GET', path: `${path}/state?since=0` },
    {
      method: 'PUT',
      path: `${path}/state`,
      valid: { type: 'put-state', state: signed, packages: [{ device: device.id, sealed: 'YQ' }] },
      maxBytes: 160_000,
    },
    { method: 'POST', path: `${path}/push`, maxBytes: 900_000 },
    {
      method: 'POST',
      path: `${path}/pull`,
      valid: { type: 'pull', since: 0, epoch: device.epoch, lane: 0, limit: 5, below: 1 },
    },
    { method: 'GET', path: `${path}/digest?bucket=00` },
    { method: 'GET', path: `${path}/versions?rkey=${'0'.repeat(32)}` },
    { method: 'GET', path: `${path}/devices` },
    { method: 'GET', path: `${path}/invitations` },
    {
      method: 'POST',
      path: `${path}/invitations`,
      valid: { type: 'invite', slot, offer: 'YQ', label: 'YQ' },
    },
    {
      method: 'POST',
      path: `${path}/invitations/close`,
      valid: { type: 'close-invitation', slot },
    },
    {
      method: 'PUT',
      path: `${path}/recovery`,
      valid: { type: 'set-recovery', device: device.id, find: slot, pointer: 'YQ' },
    },
    { method: 'GET', path: `${path}/socket` },
    {
      method: 'POST',
      path: `/v1/pairing/${device.workspace}/open`,
      valid: { type: 'open-slot', slot, offer: 'YQ' },
    },
    { method: 'POST', path: '/v1/pairing/read', valid: { type: 'read-slot', slot } },
    {
      method: 'POST',
      path: '/v1/pairing/write',
      valid: { type: 'write-slot', slot, part: 'answer', sealed: 'YQ' },
    },
    { method: 'POST', path: '/v1/pairing/close', valid: { type: 'close-slot', slot } },
    { method: 'POST', path: '/v1/recovery/find', valid: { type: 'find-recovery', find: slot } },
  ];
});

/** Every answer is a success or one of the documented errors, under its own status. */
async function expectAnswer(response: Response, what: string): Promise<void> {
  if (response.ok) {
    await response.arrayBuffer();
    return;
  }
  const body = v.safeParse(errorBodySchema, await response.json());
  expect(body.success, what).toBe(true);
  if (!body.success) return;
  const { code } = body.output.error;
  expect(code, what).not.toBe('internal');
  expect(response.status, what).toBe(ERROR_STATUS[code]);
}

const send = ({ method, path }: Entrance, body?: Bytes | string): Promise<Response> =>
  ask(path, {
    method,
    headers: { Authorization: device.authorization },
    ...(method !== 'GET' && body !== undefined && { body }),
  });

const DEEP = 7000;
const hostileTexts: readonly string[] = [
  '',
  'null',
  '0',
  '"text"',
  '[]',
  '{}',
  '{"v":1}',
  '{"v":2}',
  '{"v":1,"type":"__proto__"}',
  '{"__proto__":{"v":1},"constructor":{"prototype":{}}}',
  `${'['.repeat(DEEP)}${']'.repeat(DEEP)}`,
  `{"v":1,"a":${'{"a":'.repeat(2000)}0${'}'.repeat(2000)}}`,
  '{"v":1e999}',
  '{"v":1',
  '\u0000\uffff\ud800',
];

const hostileValues: readonly unknown[] = [
  null,
  true,
  -1,
  0.5,
  2 ** 53,
  1e308,
  '',
  '../../etc',
  '\u0000',
  "'; DROP TABLE rows; --",
  'A'.repeat(5000),
  [],
  {},
  [[[[[]]]]],
  { length: 1e9 },
];

/** The message with one of its members, at any depth, made hostile. */
function* mutationsOf(valid: unknown): Generator {
  yield* hostileValues;
  if (typeof valid !== 'object' || valid === null) return;
  const entries = Object.entries(valid);
  for (const [name, value] of entries) {
    for (const mutated of mutationsOf(value)) {
      const changed = entries.map(([each, same]) => [each, each === name ? mutated : same]);
      yield Array.isArray(valid) ? changed.map(([, each]) => each) : Object.fromEntries(changed);
    }
    yield Object.fromEntries(entries.filter(([each]) => each !== name));
  }
}

describe('whatever is sent to any route', () => {
  it('is answered in the documented form when it is no message at all', async () => {
    for (const entrance of entrances) {
      for (const text of hostileTexts) {
        const what = `${entrance.method} ${entrance.path} ${text.slice(0, 40)}`;
        await expectAnswer(await send(entrance, text), what);
      }
      for (let round = 0; round < 10; round += 1) {
        const body = randomBytes(1 + Math.floor(Math.random() * 300));
        await expectAnswer(await send(entrance, body), `${entrance.path} ${bytesToHex(body)}`);
      }
    }
  });

  it('is answered in the documented form when one member of a message is wrong', async () => {
    for (const entrance of entrances) {
      if (!entrance.valid) continue;
      for (const mutated of mutationsOf({ v: 1, ...entrance.valid })) {
        const text = JSON.stringify(mutated) ?? '';
        const what = `${entrance.method} ${entrance.path} ${text.slice(0, 200)}`;
        await expectAnswer(await send(entrance, text), what);
      }
    }
  });

  it('is refused when it is too large, without being read to the end', async () => {
    for (const entrance of entrances) {
      if (entrance.method === 'GET') continue;
      const response = await send(entrance, 'x'.repeat((entrance.maxBytes ?? 16_000) + 1));
      expect(response.status, entrance.path).toBe(413);
    }
  });

  it('is answered in the documented form when the path or the query is made up', async () => {
    const { workspace } = device;
    const ids = [
      '',
      'x',
      '%00',
      '%2e%2e',
      'A'.repeat(3000),
      workspace.toUpperCase(),
      '%F0%9F%98%80',
    ];
    const paths = ids.flatMap((id) => [
      `/v1/workspaces/${id}`,
      `/v1/workspaces/${id}/state?since=0`,
      `/v1/pairing/${id}/open`,
    ]);
    const queries = ['', 'since=', 'since=-1', 'since=1e3', `since=${'9'.repeat(40)}`, 'since[]=1'];
    const others = ['buckets=2', 'bucket=zz', 'bucket=00&after=x', 'rkey=', 'rkey=1&before=x'];
    for (const query of [...queries, ...others]) {
      for (const part of ['state', 'digest', 'versions']) {
        paths.push(`/v1/workspaces/${workspace}/${part}?${query}`);
      }
    }
    for (const path of paths) {
      for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD']) {
        const headers = { Authorization: device.authorization };
        if (method === 'DELETE' && path === `/v1/workspaces/${workspace}`) continue;
        const response = await ask(path, { method, headers });
        if (method === 'HEAD') expect(response.status).toBeLessThan(500);
        else await expectAnswer(response, `${method} ${path}`);
      }
    }
  });

  it('is answered in the documented form whatever the headers say', async () => {
    const path = `/v1/workspaces/${device.workspace}`;
    const values = ['', 'Mainstay', 'Mainstay a', `Mainstay ${'a.'.repeat(4000)}`, 'Basic eA=='];
    for (const Authorization of values) {
      await expectAnswer(
        await ask(path, { headers: { Authorization } }),
        Authorization.slice(0, 30),
      );
    }
    for (const protocols of ['', 'x', 'mainstay.v1', 'mainstay.v1, x', 'mainstay.v1, a.b.c, x']) {
      const headers = { Upgrade: 'websocket', 'Sec-WebSocket-Protocol': protocols };
      await expectAnswer(await ask(`${path}/socket`, { headers }), protocols);
    }
  });
});

describe('a hostile push', () => {
  const frames = async (): Promise<readonly Bytes[]> => {
    const good = await frameOf(device, 1_000_000, [{ id: 'x', text: 'x', seq: null }]);
    const cuts = [0, 1, 3, 4, 5, 50, good.length - 1].map((length) => good.slice(0, length));
    const lengths = [0, 1, 200_001, 0xffff_ffff].map((length) =>
      concatBytes(u32ToBytes(length), good.subarray(4)),
    );
    const row = {
      rkey: '0'.repeat(32),
      lane: 0,
      seq: null,
      hash: '0'.repeat(32),
      dead: false,
      size: 60,
    };
    const header = { v: 1, type: 'push', batch: 2_000_000, epoch: device.epoch, cursor: 0 };
    const headers = [...mutationsOf({ ...header, rows: [row] })];
    const mutated = headers.map((each) => encodeFrame(Object(each), [randomBytes(60)]));
    const many = Array.from({ length: 201 }, () => row);
    return [
      ...cuts,
      ...lengths,
      ...mutated,
      encodeFrame({ ...header, rows: many }, [new Uint8Array(60 * 201)]),
      encodeFrame({ ...header, rows: [row, row] }, [randomBytes(60)]),
      textToBytes('{"not":"a frame"}'),
    ];
  };

  it('is refused whole or row by row, and harms nothing', async () => {
    for (const frame of await frames()) {
      const response = await send(
        { method: 'POST', path: `/v1/workspaces/${device.workspace}/push` },
        frame,
      );
      await expectAnswer(response, bytesToHex(frame.slice(0, 60)));
    }
    const fresh = await createWorkspace();
    const other = await addDevice(fresh);
    expect(await outcomes(fresh, 1, [{ id: 'row', text: 'x', seq: null }])).toEqual(['accepted']);
    expect((await pull(other, 0)).header.rows).toHaveLength(1);
  });

  it('of rows that are no envelopes gets each refused by itself', async () => {
    const rows = Array.from({ length: 50 }, () => randomBytes(1 + Math.floor(Math.random() * 400)));
    const header = {
      v: 1,
      type: 'push',
      batch: 3_000_000,
      epoch: device.epoch,
      cursor: 0,
      rows: rows.map(({ length }) => ({
        rkey: randomHex(16),
        lane: 0,
        seq: null,
        hash: randomHex(16),
        dead: false,
        size: length,
      })),
    };
    const before = await statusOf(device);
    const response = await send(
      { method: 'POST', path: `/v1/workspaces/${device.workspace}/push` },
      encodeFrame(header, rows),
    );
    expect(response.status).toBe(200);
    expect((await statusOf(device)).usage).toEqual(before.usage);
  });
});

describe('after all that', () => {
  it('a workspace can still be created', async () => {
    const response = await postJson('/v1/workspaces', await creationOf(await begin()));
    expect(response.status).toBe(201);
  });
});
