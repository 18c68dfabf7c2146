/** Some edits as one transaction of a store. */
export function applyEdits(store, edits) {
  store.transaction(() => {
    for (const { table, id, field, value } of edits) store.setCell(table, id, field, value);
  });
}

/**
 * TinyBase sends and is not told whether it has arrived, so the server is asked, past the tap: does
 * it have the last of these, and has it been saved?
 */
export async function arrived(controlUrl, edits) {
  const last = edits.at(-1);
  if (!last) return;
  for (;;) {
    const response = await fetch(`${controlUrl}/has`, {
      method: 'POST',
      body: JSON.stringify(last),
    });
    if ((await response.json()).isSaved) return;
  }
}
