import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import * as v from 'valibot';
import { startNodeDevice } from '../device/node-device.ts';
import { readActual } from '../readers/actual.ts';
import type { StartBackend } from './backend.ts';
import { startChildServer } from './child-server.ts';
import { peerFile } from './peer-file.ts';

const password = 'bench';
const loginSchema = v.object({ data: v.object({ token: v.string() }) });
const uploadSchema = v.object({ groupId: v.string() });

export const startActual: StartBackend = async ({ children, folder }) => {
  const server = await startChildServer({
    children,
    script: peerFile('actual/server.js'),
    args: [folder],
  });
  const url = `http://127.0.0.1:${server.port}`;
  const ask = async (path: string, headers: Record<string, string>, body: string) => {
    const response = await fetch(url + path, { method: 'POST', headers, body });
    const text = await response.text();
    if (!response.ok) throw new Error(`${path}: ${text}`);
    return JSON.parse(text) as unknown;
  };
  const json = { 'Content-Type': 'application/json' };
  const bootstrapped = await ask('/account/bootstrap', json, JSON.stringify({ password }));
  const { token } = v.parse(loginSchema, bootstrapped).data;
  const fileId = randomUUID();
  const uploaded = await ask(
    '/sync/upload-user-file',
    {
      'Content-Type': 'application/encrypted-file',
      'X-ACTUAL-TOKEN': token,
      'X-ACTUAL-NAME': 'book',
      'X-ACTUAL-FILE-ID': fileId,
      'X-ACTUAL-FORMAT': '2',
    },
    'empty',
  );
  const setup = { token, fileId, groupId: v.parse(uploadSchema, uploaded).groupId };
  const source = await startNodeDevice({
    children,
    script: peerFile('actual/device.js'),
    setup: { url, folder: join(folder, 'source'), ...setup },
    read: readActual,
  });
  return {
    port: server.port,
    setup,
    seed: ({ rows }) => source.seed(rows),
    async change(edits) {
      await source.call('sync', []);
      await source.call('write', [edits]);
      await source.call('sync', []);
    },
    async stop() {
      await source.stop();
      await server.stop();
    },
  };
};
