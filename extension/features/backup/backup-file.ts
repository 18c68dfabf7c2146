import * as v from 'valibot';
import {
  base64UrlToBytes,
  bytesToBase64Url,
  concatBytes,
  sha256,
  textToBytes,
  u32ToBytes,
  type Bytes,
} from '../../../shared/protocol/bytes.ts';
import { compress, decompress } from '../../../shared/protocol/compress.ts';
import { parseJson } from '../../../shared/protocol/json.ts';
import { fail, succeed, type Outcome } from '../../../shared/protocol/outcome.ts';
import { isPackedRow } from '../../../shared/row.ts';
import type { NamedRow } from '../../db/bring-back.ts';
import { PASSPHRASE_COST, passphraseToKey, SALT_BYTES } from '../../sync/membership/passphrase.ts';

/**
 * A backup: the line `MAINSTAY BACKUP 1`, u32 length and JSON of a header (how the passphrase becomes
 * a key, and when it was made), then parts. A part is u32 length, 12 bytes of nonce, and AES-256-GCM
 * of deflated JSON: an array of rows, or for the last part how many there were. A part's additional
 * data is the header's SHA-256, its number and whether it is the last, so that nothing can be cut
 * off, left out, doubled or taken from another file unnoticed.
 */
const MAGIC = 'MAINSTAY BACKUP ';
const VERSION = 1;
const NONCE_BYTES = 12;
const ROWS_PER_PART = 500;
const MAX_HEADER_BYTES = 10_000;
const MAX_PART_BYTES = 200_000_000;

export type BackupProblem = 'not-a-backup' | 'newer-backup' | 'wrong-passphrase' | 'damaged';

const headerSchema = v.object({
  madeAt: v.pipe(v.number(), v.safeInteger()),
  salt: v.pipe(v.string(), v.maxLength(64)),
  // A hostile file must not take all of the memory or all of the day.
  memoryKiB: v.pipe(v.number(), v.safeInteger(), v.minValue(8), v.maxValue(1024 * 1024)),
  passes: v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(20)),
});
const rowSchema = v.object({
  table: v.pipe(v.string(), v.minLength(1), v.maxLength(100)),
  id: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
  row: v.custom<NamedRow['row']>(isPackedRow),
});
const partSchema = v.array(rowSchema);
const lastSchema = v.object({ rows: v.pipe(v.number(), v.safeInteger()) });

interface Sealer {
  readonly key: CryptoKey;
  readonly headerHash: Bytes;
}

export interface BackupWriter {
  /** Rows in any number; parts of the file come out as they fill. */
  add(rows: readonly NamedRow[]): Promise<void>;
  /** The whole file. */
  finish(): Promise<{ readonly file: Blob; readonly rows: number }>;
}

export async function createBackupWriter(
  passphrase: string,
  madeAt: number,
  randomBytes: (length: number) => Bytes,
): Promise<BackupWriter> {
  const salt = randomBytes(SALT_BYTES);
  const header = textToBytes(
    JSON.stringify({ madeAt, salt: bytesToBase64Url(salt), ...PASSPHRASE_COST }),
  );
  const sealer = await sealerOf(passphrase, salt, PASSPHRASE_COST, header);
  const pieces: Blob[] = [
    new Blob([textToBytes(`${MAGIC}${VERSION}\n`), u32ToBytes(header.length), header]),
  ];
  let waiting: NamedRow[] = [];
  let rows = 0;
  let parts = 0;
  const write = async (content: unknown, isLast: boolean): Promise<void> => {
    const iv = randomBytes(NONCE_BYTES);
    const sealed = await crypto.subtle.encrypt(
      { name: 'AES-GCM', iv, additionalData: boundTo(sealer, parts, isLast) },
      sealer.key,
      await compress(textToBytes(JSON.stringify(content))),
    );
    parts += 1;
    pieces.push(new Blob([u32ToBytes(NONCE_BYTES + sealed.byteLength), iv, sealed]));
  };
  return {
    async add(more) {
      rows += more.length;
      waiting.push(...more);
      for (; waiting.length >= ROWS_PER_PART; waiting = waiting.slice(ROWS_PER_PART)) {
        await write(waiting.slice(0, ROWS_PER_PART), false);
      }
    },
    async finish() {
      if (waiting.length > 0) await write(waiting, false);
      await write({ rows }, true);
      return { file: new Blob(pieces, { type: 'application/octet-stream' }), rows };
    },
  };
}

export interface OpenedBackup {
  readonly madeAt: number;
  /**
   * Opens part after part and gives the rows; ends with a problem at the first that is not genuine.
   * Nothing is known to be whole before it has ended well, so read it once before using it.
   */
  read(
    visit: (rows: readonly NamedRow[]) => Promise<void>,
  ): Promise<Outcome<number, BackupProblem>>;
}

export async function openBackup(
  file: Blob,
  passphrase: string,
): Promise<Outcome<OpenedBackup, BackupProblem>> {
  const start = new Uint8Array(await file.slice(0, MAGIC.length + 12).arrayBuffer());
  const line = /^MAINSTAY BACKUP (\d{1,6})\n/.exec(new TextDecoder('latin1').decode(start));
  if (!line) return fail('not-a-backup');
  if (Number(line[1]) > VERSION) return fail('newer-backup');
  const offset = line[0].length;
  const length = await readU32(file, offset);
  if (length === null || length > MAX_HEADER_BYTES) return fail('damaged');
  const headerBytes = await readBytes(file, offset + 4, length);
  const header = headerBytes && parseJson(headerBytes, headerSchema);
  const salt = header && base64UrlToBytes(header.salt);
  if (!headerBytes || !header || !salt) return fail('damaged');
  const sealer = await sealerOf(passphrase, salt, header, headerBytes);
  const firstPart = offset + 4 + length;
  if (!(await openPart(file, sealer, firstPart, 0))) return fail('wrong-passphrase');
  return succeed({
    madeAt: header.madeAt,
    async read(visit) {
      let at = firstPart;
      let rows = 0;
      for (let number = 0; ; number++) {
        const part = await openPart(file, sealer, at, number);
        if (!part) return fail('damaged');
        at = part.end;
        if (part.isLast) {
          const last = parseJson(part.content, lastSchema);
          return last?.rows === rows && at === file.size ? succeed(rows) : fail('damaged');
        }
        const page = parseJson(part.content, partSchema);
        if (!page) return fail('damaged');
        rows += page.length;
        await visit(page);
      }
    },
  });
}

async function openPart(
  file: Blob,
  sealer: Sealer,
  offset: number,
  number: number,
): Promise<{ readonly content: Bytes; readonly isLast: boolean; readonly end: number } | null> {
  const length = await readU32(file, offset);
  if (length === null || length <= NONCE_BYTES || length > MAX_PART_BYTES) return null;
  const bytes = await readBytes(file, offset + 4, length);
  if (!bytes) return null;
  for (const isLast of [false, true]) {
    try {
      const plain = await crypto.subtle.decrypt(
        {
          name: 'AES-GCM',
          iv: bytes.subarray(0, NONCE_BYTES),
          additionalData: boundTo(sealer, number, isLast),
        },
        sealer.key,
        bytes.subarray(NONCE_BYTES),
      );
      const content = await decompress(new Uint8Array(plain), MAX_PART_BYTES);
      return content && { content, isLast, end: offset + 4 + length };
    } catch {
      // Not of this kind; the other is tried.
    }
  }
  return null;
}

async function sealerOf(
  passphrase: string,
  salt: Bytes,
  cost: { readonly memoryKiB: number; readonly passes: number },
  header: Bytes,
): Promise<Sealer> {
  const raw = await passphraseToKey(passphrase, salt, cost);
  return {
    key: await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt']),
    headerHash: await sha256(header),
  };
}

const boundTo = ({ headerHash }: Sealer, number: number, isLast: boolean): Bytes =>
  concatBytes(
    textToBytes('mainstay backup'),
    headerHash,
    u32ToBytes(number),
    Uint8Array.of(isLast ? 1 : 0),
  );

async function readBytes(file: Blob, offset: number, length: number): Promise<Bytes | null> {
  if (offset + length > file.size) return null;
  return new Uint8Array(await file.slice(offset, offset + length).arrayBuffer());
}

async function readU32(file: Blob, offset: number): Promise<number | null> {
  const bytes = await readBytes(file, offset, 4);
  return bytes && new DataView(bytes.buffer).getUint32(0);
}
