import type { SyncProblem } from '../../../extension/sync/status.ts';
import type { Mutant } from './mutate.ts';

/** What devices say to a lie that they see through; any other has to be harmless without a word. */
export const ANSWERS: Readonly<Record<string, SyncProblem>> = {
  'it puts rows under each other’s names': 'rows-set-aside',
  'it gives old versions for new': 'rows-set-aside',
  'it gives rows that were not asked for': 'worker-failed',
  'it turns a page round': 'worker-failed',
  'it says everything twice': 'worker-failed',
  'it cuts rows off': 'rows-set-aside',
  'it changes a bit': 'rows-set-aside',
  'it makes rows up': 'rows-set-aside',
  'it gives rows other hashes': 'rows-set-aside',
  'it gives rows other numbers': 'worker-failed',
  'it turns the head back': 'worker-failed',
  'it never comes to an end': 'worker-failed',
  'it claims another key': 'worker-lies',
  'it claims another state': 'worker-lies',
  'it shows states without their signatures': 'worker-lies',
  'it changes what is signed': 'worker-lies',
  'it leaves a state out': 'worker-lies',
  'it shows the last state again': 'worker-lies',
  'it refuses rows': 'rows-held-back',
  'it answers with garbage': 'worker-failed',
  'it answers with far too much': 'worker-failed',
};

/** A guard of the client, and the lie that gets through without it. */
export interface Guard extends Mutant {
  readonly lie: string;
}

export const guards: readonly Guard[] = [
  {
    name: 'what stands in the way of a row is learnt from each conflict',
    lie: 'it acknowledges without storing',
    file: 'extension/sync/push-results.ts',
    find: "if (fate === 'applied' || fate ===",
    replace: 'if (fate ===',
  },
  {
    name: 'what differs is sent as well as fetched',
    lie: 'it acknowledges without storing, and nobody could tell',
    file: 'extension/sync/compare.ts',
    find: 'if (mine) toSend.push(mine);',
    replace: '',
  },
  {
    name: 'both sides are compared',
    lie: 'it withholds rows',
    file: 'extension/sync/compare.ts',
    find: 'if (sum.count === there.value.count && sum.xor === there.value.xor) {',
    replace: 'if (sum.count >= 0) {',
  },
  {
    name: 'a row that was refused is tried again',
    lie: 'it refuses rows',
    file: 'extension/sync/held-back.ts',
    find: ' && Math.abs(nowMs - atMs) < RETRY_AFTER_MS',
    replace: ' && atMs <= nowMs',
  },
  {
    name: 'a row is the version that it is said to be',
    lie: 'it gives old versions for new',
    file: 'extension/sync/row-codec.ts',
    find: 'if (isHashChecked && ',
    replace: 'if (!parsed && ',
  },
  {
    name: 'a page is ascending, and within what it says it covers',
    lie: 'it gives rows other numbers',
    file: 'extension/sync/pull.ts',
    find: 'if (!isGoingForward || !areNumbered(rows, query.since, next)) return',
    replace: 'if (!isGoingForward) return',
  },
  {
    name: 'nothing is opened under another key',
    lie: 'it claims another key',
    file: 'extension/sync/pull.ts',
    find: "return isEqualText(keyCheck, member.keys.keyCheck) ? null : { code: 'wrong-key' };",
    replace: 'return keyCheck ? null : null;',
  },
  {
    name: 'a state is signed',
    lie: 'it changes what is signed',
    file: 'shared/protocol/workspace-state.ts',
    find: "return await crypto.subtle.verify('Ed25519', key, bytes, signedBytes(state, signer));",
    replace: 'return key.usages.length > 0 && state.length > 0;',
  },
  {
    name: 'what cannot be read is noted',
    lie: 'it changes a bit',
    file: 'extension/sync/take-in.ts',
    find: 'if (reason !== null) setAside[rkey] = { seq, hash, reason };\n    else if (row.ok)',
    replace: 'if (row.ok)',
  },
];
