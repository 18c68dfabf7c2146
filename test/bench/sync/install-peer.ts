import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import type { Children } from '../../support/children.ts';
import { inRoot, node } from '../../support/paths.ts';
import { within } from './limit.ts';
import type { Peer } from './peers.ts';

const LIMIT_MS = 5 * 60_000;
const LAST_LINES = 6;

const packageSchema = v.object({ version: v.string() });

/** Exactly what the peer's own lock file names, in the peer's own folder. */
export async function installPeer(peer: Peer, children: Children): Promise<void> {
  if (peer.folder === null) return;
  const folder = peerFolder(peer.folder);
  const lock = await readFile(join(folder, 'package-lock.json'));
  const hash = createHash('sha256').update(lock).digest('hex');
  const stamp = join(folder, 'node_modules/.bench-lock');
  if ((await readFile(stamp, 'utf8').catch(() => '')) === hash) return;
  console.log(`  installing ${peer.name} …`);
  const said: string[] = [];
  const npm = process.env['npm_execpath'];
  const args = ['ci', '--no-audit', '--no-fund'];
  const child = children.start(npm ? node : 'npm', npm ? [npm, ...args] : args, {
    cwd: folder,
    onLine: (line) => said.push(line),
  });
  const code = await within(LIMIT_MS, 'npm ci', child.exited).finally(() => void child.stop());
  if (code !== 0) {
    throw new Error(`could not be installed: ${said.slice(-LAST_LINES).join(' | ')}`);
  }
  await writeFile(stamp, hash);
}

/** What really is there, not what was asked for. */
export async function versionsOf({ folder, packages }: Peer): Promise<Record<string, string>> {
  const base = folder === null ? inRoot('') : peerFolder(folder);
  const entries = await Promise.all(
    packages.map(async (name) => {
      const text = await readFile(join(base, 'node_modules', name, 'package.json'), 'utf8');
      return [name, v.parse(packageSchema, JSON.parse(text)).version] as const;
    }),
  );
  return Object.fromEntries(entries);
}

const peerFolder = (name: string): string => inRoot(`test/bench/sync/peers/${name}`);
