import { concatBytes, type Bytes } from './bytes.ts';

/** deflate-raw (RFC 1951): no checksum, since what is compressed is sealed. */
const FORMAT = 'deflate-raw';

export async function compress(bytes: Bytes): Promise<Bytes> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream(FORMAT));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Null when the input is broken or gives more than `maxBytes`: stops reading at that point. */
export async function decompress(bytes: Bytes, maxBytes: number): Promise<Bytes | null> {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream(FORMAT));
  const reader = stream.getReader();
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
