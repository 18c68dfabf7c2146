import type { Mutant } from './mutate.ts';

/**
 * The two sides are never compared, so that nothing heals what a bug has done. What is healed would
 * be found as well, as a comparison that found a difference, but seldom within a test's seeds.
 */
export const notComparing: Mutant = {
  name: 'the two sides are never compared',
  file: 'extension/sync/compare.ts',
  find: 'if (Math.abs(now() - triedAt) < COMPARE_EVERY_MS)',
  replace: 'if (triedAt >= 0)',
};

/** No bug: the next batch is sealed while one is under way, for which few devices edit enough here. */
export const smallBatches: Mutant = {
  name: 'a batch has three rows',
  file: 'shared/protocol/limits.ts',
  find: 'export const MAX_PUSH_ROWS = 1000;',
  replace: 'export const MAX_PUSH_ROWS = 3;',
};

/** Not a bug either: what comes in several pages is put away and sorted in behind the last of them. */
export const smallPages: Mutant = {
  name: 'a page has three rows',
  file: 'shared/protocol/limits.ts',
  find: 'export const MAX_PULL_ROWS = 1000;',
  replace: 'export const MAX_PULL_ROWS = 3;',
};

/**
 * What has gone wrong in other products and could in this one; the simulation has to find each. Not
 * among them: stamps by a wrong clock, which are put right once the worker's time is known.
 */
export const mutants: readonly Mutant[] = [
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
    name: 'an acknowledgement takes out an edit that came after it',
    file: 'extension/db/outbox.ts',
    find: 'stamps.get(keyOf(entry).join()) === entry.stamp',
    replace: 'stamps.has(keyOf(entry).join())',
  },
  {
    name: 'a merged row is not sent back',
    file: 'extension/db/apply-rows.ts',
    find: 'if (isAsSent) writes.settled.push([table, id]);',
    replace: 'if (table.length > 0) writes.settled.push([table, id]);',
  },
  {
    name: 'what this version cannot read is dropped',
    file: 'extension/db/apply-rows.ts',
    find: 'await db.foreign.bulkPut(foreign);',
    replace: '',
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
    find: 'sql.transaction(() => {\n      const caller = authorise(sql, auth, now(), needs);',
    replace: '((run) => run())(() => {\n      const caller = authorise(sql, auth, now(), needs);',
  },
  {
    name: 'the worker is told a name',
    file: 'extension/sync/membership/labels.ts',
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
  {
    name: 'the cursor moves before the rows are there',
    file: 'extension/db/create-sync-store.ts',
    find: "const changedClientIds = await db.transaction('rw', db.tables, async () => {",
    replace:
      "if (cursor !== null) await db.kv.put({ key: CURSOR_KEY, value: cursor });\n  const changedClientIds = await db.transaction('rw', db.tables, async () => {",
    isHealed: true,
  },
  {
    name: 'a version is written over unseen',
    file: 'worker/decide-row.ts',
    find: 'if (stored && !isSame && stored.seq !== row.seq) {',
    replace: 'if (stored && !isSame && stored.seq < 0) {',
    isHealed: true,
  },
  {
    name: 'starting over ends before all has come',
    file: 'extension/sync/reconcile.ts',
    find: 'if (place.lane === LANES.length) {',
    replace: 'if (place.lane > 0) {',
    isHealed: true,
  },
  {
    name: 'a head is taken for that of the own push',
    file: 'extension/sync/push-results.ts',
    find: "const isNext = (await memory.read('sync-cursor')) === before;",
    replace: 'const isNext = before >= 0;',
    isHealed: true,
  },
];
