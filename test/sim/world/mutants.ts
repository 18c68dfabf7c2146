import type { Mutant } from './mutate.ts';

/**
 * What has gone wrong in other products and could in this one. `mutants.test.ts` shows that the
 * simulation finds each of them.
 */
export const mutants: readonly Mutant[] = [
  {
    name: 'the cursor moves before the page is applied',
    file: 'extension/sync/take-in.ts',
    find: 'await store.applyRemote(rows, cursor, nowMs);',
    replace: `if (cursor !== null) await write(store, 'sync-cursor', cursor);
  await store.applyRemote(rows, null, nowMs);`,
  },
  {
    name: 'the worker overwrites without comparing',
    file: 'worker/push-batch.ts',
    find: "if (seq !== row.seq) return { status: 'conflict', seq, size: 0 };",
    replace: '',
  },
  {
    name: 'merging drops what lost',
    file: 'shared/merge.ts',
    find: 'if (!survives) return;',
    replace: 'return;',
  },
  {
    name: 'merging brings back what was overwritten knowingly',
    file: 'shared/merge.ts',
    find: 'if (!survives) return;',
    replace: '',
  },
  {
    name: 'the later edit does not win',
    file: 'shared/merge.ts',
    find: 'return a.stamp > b.stamp ? a : b;',
    replace: 'return hlcOf(a.stamp) < hlcOf(b.stamp) ? a : b;',
  },
  {
    name: 'the clock forgets what it has given out',
    file: 'shared/clock.ts',
    find: 'if (last === null || wall > last) return wall;',
    replace: 'if (last !== undefined) return wall;',
  },
  {
    name: 'stamps follow the wrong clock of the device',
    file: 'extension/db/writer.ts',
    find: 'tick(last, now() + offsetMs)',
    replace: 'tick(last, now() + 0 * offsetMs)',
  },
  {
    name: 'an acknowledgement takes out an edit that came after it',
    file: 'extension/db/create-sync-store.ts',
    find: 'entries[index]?.stamp === row.stamp',
    replace: 'entries[index] !== undefined',
  },
  {
    name: 'a merged row is not sent back',
    file: 'extension/db/create-sync-store.ts',
    find: 'if (canDiffer && !isSamePack(merged, latest))',
    replace: 'if (false)',
  },
  {
    name: 'what this version cannot read is dropped',
    file: 'extension/db/create-sync-store.ts',
    find: 'await db.foreign.bulkPut(foreign);',
    replace: '',
  },
  {
    name: 'a device takes the whole of the head for its own push',
    file: 'extension/sync/push-results.ts',
    find: 'if (cursor === before && head > before)',
    replace: 'if (head > before)',
  },
  {
    name: 'a batch gets the results of another with its number',
    file: 'worker/push-batch.ts',
    find: "if (seen && isEqualBytes(bytesOf(seen, 'digest'), digest)) {",
    replace: 'if (seen && digest.length > 0) {',
  },
  {
    name: 'a batch that breaks off leaves its first half',
    file: 'worker/workspace-store.ts',
    find: 'sql.transaction(() => {\n      const workspace = authorise(auth);',
    replace: '((work) => work())(() => {\n      const workspace = authorise(auth);',
  },
  {
    name: 'a reconcile ends before its last lane',
    file: 'extension/sync/reconcile.ts',
    find: 'if (lane === undefined) {',
    replace: 'if (lane === undefined || state.lane === 2) {',
  },
  {
    name: 'the worker is told a name',
    file: 'extension/sync/device-names.ts',
    find: 'const plaintext = textToBytes(JSON.stringify({ name }));',
    replace:
      "const plaintext = textToBytes(JSON.stringify({ name }));\n  if (name !== '') return bytesToBase64Url(textToBytes(name));",
  },
  {
    name: 'rows are sealed with nothing',
    file: 'shared/seal.ts',
    find: 'const content = isSmaller ? deflated : plaintext;',
    replace: 'const content = plaintext;',
  },
];
