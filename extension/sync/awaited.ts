import type { SyncDeps } from './deps.ts';
import { read, write, type Awaited } from './store-keys.ts';
import { readSlot } from './worker-api.ts';

type Waiting = Pick<SyncDeps, 'store' | 'fetch' | 'now'>;

/**
 * Has an invitation been answered, or granted? The background only looks: what to do about it needs
 * a person, six digits and a page. True when something new is there.
 */
export async function lookAtAwaited(deps: Waiting): Promise<boolean> {
  const awaited = (await read(deps.store, 'sync-awaited')) ?? [];
  const looked: Awaited[] = [];
  for (const each of awaited) {
    const isOver = deps.now() >= each.expiresAt;
    if (!isOver) looked.push(each.isThere ? each : { ...each, isThere: await isThere(deps, each) });
  }
  const isNews = looked.filter(({ isThere }) => isThere).length > arrived(awaited);
  if (isNews || looked.length < awaited.length) await write(deps.store, 'sync-awaited', looked);
  return isNews;
}

const arrived = (awaited: readonly Awaited[]): number =>
  awaited.filter(({ isThere }) => isThere).length;

async function isThere(deps: Waiting, { workerUrl, slot, part }: Awaited): Promise<boolean> {
  const looked = await readSlot(deps, workerUrl, slot);
  return looked.ok && looked.value[part] !== undefined;
}
