import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Bytes } from '../../../shared/protocol/bytes.ts';
import { createQuietSubtle } from './quiet-crypto.ts';
import type { Timeline } from './timeline.ts';

/**
 * What the product takes from its environment and not from its deps, made repeatable: cryptography
 * and compression without threads, and time-outs in simulated time. For a process of its own only,
 * one simulation at a time.
 */
export function installQuietGlobals(
  timeline: Timeline,
  randomBytes: (length: number) => Bytes,
): void {
  const define = (on: object, name: string, value: unknown): void => {
    Object.defineProperty(on, name, { value, configurable: true, writable: true });
  };
  define(globalThis, 'crypto', {
    subtle: createQuietSubtle(randomBytes),
    getRandomValues: <Into extends Uint8Array>(into: Into): Into => {
      into.set(randomBytes(into.length));
      return into;
    },
  });
  define(globalThis, 'Blob', QuietBlob);
  define(globalThis, 'CompressionStream', transformOf(deflateRawSync));
  define(globalThis, 'DecompressionStream', transformOf(inflateRawSync));
  const tooLate = new DOMException('too late', 'TimeoutError');
  define(AbortSignal, 'timeout', (ms: number) => {
    const controller = new AbortController();
    timeline.after(ms, () => controller.abort(tooLate));
    return controller.signal;
  });
}

/** A real Blob reads through the event loop, and so at a moment of its own. */
class QuietBlob {
  readonly #parts: readonly Uint8Array[];

  constructor(parts: readonly Uint8Array[]) {
    this.#parts = parts;
  }

  stream(): ReadableStream<Uint8Array> {
    const parts = this.#parts;
    return new ReadableStream({
      start(controller) {
        for (const part of parts) controller.enqueue(part);
        controller.close();
      },
    });
  }
}

const transformOf = (transform: (bytes: Buffer) => Buffer) =>
  class extends TransformStream<Uint8Array, Uint8Array> {
    constructor(format: string) {
      if (format !== 'deflate-raw') throw new Error(`the simulation does not know ${format}`);
      const parts: Uint8Array[] = [];
      super({
        transform: (part) => {
          parts.push(part);
        },
        flush: (controller) => {
          controller.enqueue(new Uint8Array(transform(Buffer.concat(parts))));
        },
      });
    }
  };
