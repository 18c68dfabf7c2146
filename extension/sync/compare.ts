import { base64UrlToBytes, type Bytes } from '../../shared/protocol/bytes.ts';
import {
  addToDigest,
  DIGEST_BYTES,
  differingBuckets,
  sumOfAll,
} from '../../shared/protocol/digest.ts';
import type { RowKey, StorageEpoch } from '../../shared/protocol/ids.ts';
import { fail, succeed, type Outcome } from '../../shared/protocol/outcome.ts';
import { pullAgain } from './pull.ts';
import type { Session, StepProblem } from './session.ts';

/** A row that got lost on the way is rare, and a comparison of two equal sides costs 300 bytes. */
const COMPARE_EVERY_MS = 3 * 60 * 60 * 1000;
const COMPARE_AGAIN_MS = 5 * 60 * 1000;
/** With more than this, fetching everything is simpler and no slower. */
const MAX_HEALED_ROWS = 500;

/** `reconcile`: the two sides differ in more than can be healed row by row. */
export type Compared = 'not-now' | 'equal' | 'healing' | 'reconcile';

/**
 * Do both sides hold the same rows? Asked while nothing waits to be sent and everything was fetched;
 * heals what differs: what the worker has is fetched and merged, what it has not is sent again.
 */
export async function compareSides(
  session: Session,
  epoch: StorageEpoch,
): Promise<Outcome<Compared, StepProblem>> {
  const { deps, memory, api } = session;
  const { store, now } = deps;
  const triedAt = (await memory.read('sync-compare-tried-at')) ?? 0;
  if (Math.abs(now() - triedAt) < COMPARE_EVERY_MS) return succeed('not-now');
  if ((await store.pendingCount()) > 0) return succeed('not-now');
  const cursor = await memory.read('sync-cursor');
  const there = await api.digest(false);
  if (!there.ok) return there;
  if (there.value.epoch !== epoch || there.value.head !== cursor) return succeed('not-now');
  // Deletions that everybody has heard of are cleared away on both sides.
  await store.forgetTombstones(there.value.horizon);
  await memory.write('sync-compare-tried-at', now());
  const here = await digestHere(session);
  const sum = sumOfAll(here);
  if (sum.count === there.value.count && sum.xor === there.value.xor) {
    await memory.write('sync-compared-at', now());
    return succeed('equal');
  }
  return heal(session, epoch, here);
}

/** What could not be read here is there all the same. */
async function digestHere({ deps, memory }: Session): Promise<Bytes> {
  const digest = (await deps.store.digest()).slice();
  const noted = (await memory.read('sync-set-aside')) ?? {};
  for (const [rkey, { hash }] of Object.entries(noted)) {
    addToDigest(digest, { rkey: rkey as RowKey, hash });
  }
  return digest;
}

async function heal(
  session: Session,
  epoch: StorageEpoch,
  here: Bytes,
): Promise<Outcome<Compared, StepProblem>> {
  const { deps, memory, api, member } = session;
  const all = await api.digest(true);
  if (!all.ok) return all;
  const there = base64UrlToBytes(all.value.buckets ?? '');
  if (there?.length !== DIGEST_BYTES) return fail({ code: 'bad-answer' });
  const buckets = differingBuckets(here, there);
  const noted = (await memory.read('sync-set-aside')) ?? {};
  const own = new Map<RowKey, { table: string; id: string; hash: string }>();
  for (const row of await deps.store.rowsOfBuckets(buckets)) {
    own.set(await member.keys.rowKey(row.table, row.id), row);
  }
  const toFetch: number[] = [];
  const toSend: { table: string; id: string }[] = [];
  for (const bucket of buckets) {
    const rows = await rowsThere(session, bucket);
    if (!rows.ok) return rows;
    for (const { rkey, seq, hash } of rows.value) {
      const mine = own.get(rkey);
      own.delete(rkey);
      if ((mine?.hash ?? noted[rkey]?.hash) === hash) continue;
      toFetch.push(seq);
      if (mine) toSend.push(mine);
    }
  }
  if (toFetch.length + own.size > MAX_HEALED_ROWS) return succeed('reconcile');
  // What is left is here and not there. What differs may be newer here, whatever was acknowledged: it
  // leaves the queue again when what is fetched turns out to be all there is.
  await deps.store.queueRows([...own.values(), ...toSend]);
  const pulled = await pullAgain(session, epoch, toFetch);
  if (!pulled.ok) return pulled;
  // Compared again soon, since only equal sides are a proof that it helped; but not without end.
  await memory.write('sync-compare-tried-at', deps.now() - COMPARE_EVERY_MS + COMPARE_AGAIN_MS);
  return succeed('healing');
}

interface RowThere {
  readonly rkey: RowKey;
  readonly seq: number;
  readonly hash: string;
}

async function rowsThere(
  { api }: Session,
  bucket: number,
): Promise<Outcome<readonly RowThere[], StepProblem>> {
  const rows: RowThere[] = [];
  for (let after: RowKey | null = null; ;) {
    const page = await api.bucket(bucket, after);
    if (!page.ok) return page;
    rows.push(...page.value.rows);
    if (page.value.isComplete) return succeed(rows);
    const last = page.value.rows.at(-1)?.rkey;
    // Without going forward it would go on for ever.
    if (last === undefined || (after !== null && last <= after)) {
      return fail({ code: 'bad-answer' });
    }
    after = last;
  }
}
