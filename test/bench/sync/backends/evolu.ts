import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { startNodeDevice } from '../device/node-device.ts';
import { readEvolu } from '../readers/evolu.ts';
import type { StartBackend } from './backend.ts';
import { startChildServer } from './child-server.ts';
import { peerFile } from './peer-file.ts';

/** Evolu's relay stores what its clients have sealed, so only a client can fill it. */
export const startEvolu: StartBackend = async ({ children, folder }) => {
  const relay = await startChildServer({
    children,
    script: peerFile('evolu/server.js'),
    args: [folder],
  });
  const owner = randomBytes(32).toString('base64url');
  const source = await startNodeDevice({
    children,
    script: peerFile('evolu/device.js'),
    setup: { url: `http://127.0.0.1:${relay.port}`, folder: join(folder, 'source'), owner },
    read: readEvolu,
  });
  return {
    port: relay.port,
    setup: { owner },
    seed: ({ rows }) => source.seed(rows),
    async change(edits) {
      await source.call('sync', []);
      await source.call('write', [edits]);
      await source.call('sync', []);
    },
    async stop() {
      await source.stop();
      await relay.stop();
    },
  };
};
