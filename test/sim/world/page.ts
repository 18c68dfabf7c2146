import type { Bytes } from '../../../shared/protocol/bytes.ts';
import { decodeFrame, encodeFrame, splitBody } from '../../../shared/protocol/frame.ts';
import type { CloudAnswer } from './cloud.ts';

/** A row as it lies in a page. */
export interface SealedRow {
  readonly rkey: string;
  readonly seq: number;
  readonly lane: number;
  readonly hash: string;
  readonly size: number;
}

export interface Page {
  readonly header: Record<string, unknown> & {
    readonly rows?: readonly SealedRow[];
    readonly results?: readonly Record<string, unknown>[];
  };
  readonly blobs: readonly Bytes[];
}

/** A page or a push's results, as they lie in a frame. Null for anything else. */
export function readPage(bytes: Bytes): Page | null {
  const frame = decodeFrame(bytes);
  if (!frame.ok) return null;
  const header = frame.value.header as Page['header'];
  const sizes = (header.rows ?? header.results)?.map((row) =>
    Number('size' in row ? row['size'] : 0),
  );
  const blobs = sizes && splitBody(frame.value.body, sizes);
  return blobs ? { header, blobs } : null;
}

export const writePage = ({ header, blobs }: Page): CloudAnswer => ({
  status: 200,
  bytes: encodeFrame(header, blobs),
});
