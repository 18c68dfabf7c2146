import { concatBytes, type Bytes } from './bytes.ts';

/** deflate-raw (RFC 1951): no checksum, since what is compressed is sealed. */
const FORMAT = 'deflate-raw';

export async function compress(bytes: Bytes): Promise<Bytes> {
  const reader = through(bytes, new CompressionStream(FORMAT));
  const parts: Uint8Array[] = [];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return concatBytes(...parts);
    parts.push(value);
  }
}

/** Null when the input is broken or gives more than `maxBytes`: stops reading at that point. */
export async function decompress(bytes: Bytes, maxBytes: number): Promise<Bytes | null> {
  const reader = through(bytes, new DecompressionStream(FORMAT));
  const parts: Uint8Array[] = [];
  let total = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return concatBytes(...parts);
      total += value.length;
      if (total > maxBytes) {
        await reader.cancel();
        return null;
      }
      parts.push(value);
    }
  } catch {
    return null;
  }
}

/** Written by hand: a Blob or a Response for each row costs more than the row. */
function through(
  bytes: Bytes,
  { writable, readable }: CompressionStream | DecompressionStream,
): ReadableStreamDefaultReader<Uint8Array> {
  const writer = writable.getWriter();
  // What goes wrong is told to who reads.
  void Promise.all([writer.write(bytes), writer.close()]).catch(() => undefined);
  return readable.getReader();
}
