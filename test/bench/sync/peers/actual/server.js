import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * Actual's own sync server with its own storage, a SQLite file for each budget. Its pages are left
 * out, and its limit on a request's size raised: it is told so in the figures if that mattered.
 */
const [folder] = process.argv.slice(2);
const port = await freePort();
Object.assign(process.env, {
  NODE_ENV: 'production',
  ACTUAL_DATA_DIR: folder,
  ACTUAL_HOSTNAME: '127.0.0.1',
  ACTUAL_PORT: String(port),
  ACTUAL_UPLOAD_FILE_SYNC_SIZE_LIMIT_MB: '200',
});
process.argv.splice(2);
await import('./node_modules/@actual-app/sync-server/build/bin/actual-server.js');
while (!(await isUp())) await pause(50);
console.log(`listening on ${port}`);

async function isUp() {
  const response = await fetch(`http://127.0.0.1:${port}/health`).catch(() => null);
  await response?.body?.cancel();
  return response?.ok === true;
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const found = server.address().port;
      server.close(() => resolve(found));
    });
  });
}
