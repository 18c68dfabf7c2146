/** What one direction of one connection has carried. */
export interface HttpMeter {
  feed(chunk: Uint8Array): void;
  /** A connection that ends ends a message without a length. */
  end(): void;
}

export interface HttpMeterEvents {
  /** The header of a message has been read. */
  onHead?(firstLine: string): void;
  onBody(bytes: number): void;
  onMessageEnd(): void;
}

const HEAD_END = '\r\n\r\n';
const NEWLINE = 10;

/**
 * Tells bodies from headers in HTTP/1.1, by length or by chunks, and knows where a message ends.
 * After an upgrade everything is body: frames of a WebSocket with their few bytes of header.
 */
export function createHttpMeter(events: HttpMeterEvents): HttpMeter {
  let state: 'head' | 'length' | 'until-end' | 'raw' | 'chunk-size' | 'chunk' | 'trailer' = 'head';
  let line = '';
  let left = 0;

  function messageEnd(): void {
    state = 'head';
    line = '';
    events.onMessageEnd();
  }

  function headRead(head: string): void {
    const [firstLine = '', ...fields] = head.slice(0, -HEAD_END.length).split('\r\n');
    const valueOf = (name: string): string | undefined =>
      fields
        .find((field) => field.toLowerCase().startsWith(`${name}:`))
        ?.slice(name.length + 1)
        .trim();
    events.onHead?.(firstLine);
    line = '';
    const isResponse = firstLine.startsWith('HTTP/');
    const status = isResponse ? Number(firstLine.split(' ')[1]) : 0;
    if (status === 101) {
      state = 'raw';
      events.onMessageEnd();
      return;
    }
    if (valueOf('transfer-encoding')?.toLowerCase() === 'chunked') {
      state = 'chunk-size';
      return;
    }
    const length = valueOf('content-length');
    left = Number(length ?? 0);
    if (length === undefined && isResponse && status !== 204 && status !== 304) {
      state = 'until-end';
    } else if (left === 0) messageEnd();
    else state = 'length';
  }

  /** Takes what belongs to the present state. @returns the number of bytes taken */
  function take(chunk: Uint8Array, from: number): number {
    const available = chunk.length - from;
    switch (state) {
      case 'raw':
      case 'until-end':
        events.onBody(available);
        return available;
      case 'length':
      case 'chunk': {
        const taken = Math.min(left, available);
        events.onBody(taken);
        left -= taken;
        if (left === 0) {
          if (state === 'length') messageEnd();
          else state = 'chunk-size';
        }
        return taken;
      }
      default: {
        line += String.fromCharCode(chunk[from] ?? 0);
        if (chunk[from] === NEWLINE) lineRead();
        return 1;
      }
    }
  }

  function lineRead(): void {
    if (state === 'head') {
      if (line.endsWith(HEAD_END)) headRead(line);
      return;
    }
    const text = line.trim();
    line = '';
    if (state === 'trailer') {
      if (text === '') messageEnd();
      return;
    }
    // The newline after a chunk.
    if (text === '') return;
    left = Number.parseInt(text, 16);
    state = left === 0 ? 'trailer' : 'chunk';
  }

  return {
    feed(chunk) {
      for (let from = 0; from < chunk.length;) from += take(chunk, from);
    },
    end() {
      if (state === 'until-end') messageEnd();
    },
  };
}
