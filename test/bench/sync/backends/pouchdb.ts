import * as v from 'valibot';
import type { BookRecord, FieldEdit } from '../contract.ts';
import type { StartBackend } from './backend.ts';
import { startChildServer } from './child-server.ts';
import { peerFile } from './peer-file.ts';
import { inBatches } from './in-batches.ts';

const BATCH_ROWS = 1000;

const writtenSchema = v.array(v.object({ ok: v.literal(true) }));
const foundSchema = v.object({
  rows: v.array(v.object({ doc: v.looseObject({ _id: v.string(), _rev: v.string() }) })),
});

export const startPouchdb: StartBackend = async ({ children, folder }) => {
  const { port, stop } = await startChildServer({
    children,
    script: peerFile('pouchdb/server.js'),
    args: [folder],
  });
  const ask = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`http://127.0.0.1:${port}/book${path}`, {
      method,
      headers: { 'Content-Type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
    return response.json();
  };
  const write = async (docs: readonly object[]): Promise<void> => {
    v.parse(writtenSchema, await ask('POST', '/_bulk_docs', { docs }));
  };
  await ask('PUT', '');
  return {
    port,
    async seed(book) {
      for (const batch of inBatches(book.records(), BATCH_ROWS)) {
        await write(batch.map(toDocument));
      }
    },
    async change(edits) {
      for (const batch of inBatches(edits, BATCH_ROWS)) {
        const keys = batch.map(({ table, id }) => `${table}:${id}`);
        const found = await ask('POST', '/_all_docs?include_docs=true', { keys });
        const { rows } = v.parse(foundSchema, found);
        await write(rows.map(({ doc }, index) => edited(doc, batch[index])));
      }
    },
    stop,
  };
};

const toDocument = ({ table, row: { id, ...fields } }: BookRecord): object => ({
  ...fields,
  _id: `${table}:${id}`,
});

const edited = (doc: object, edit: FieldEdit | undefined): object =>
  edit ? { ...doc, [edit.field]: edit.value } : doc;
