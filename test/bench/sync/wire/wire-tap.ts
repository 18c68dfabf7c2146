import { createServer, connect, type Socket } from 'node:net';
import { createHttpMeter } from './http-meter.ts';

/** What has passed between the devices and the server. */
export interface Traffic {
  /** Everything, with the headers of HTTP. Up: from the devices. */
  readonly upBytes: number;
  readonly downBytes: number;
  /** Without the headers of HTTP; with those of WebSocket frames. */
  readonly upBodyBytes: number;
  readonly downBodyBytes: number;
  readonly requests: number;
  /** Of each request: from its last byte to the last byte of its answer, at the server's door. */
  readonly serverMs: readonly number[];
}

export interface WireTap {
  readonly port: number;
  /** What has passed since the last call. */
  take(): Traffic;
  close(): Promise<void>;
}

const nothing = {
  upBytes: 0,
  downBytes: 0,
  upBodyBytes: 0,
  downBodyBytes: 0,
  requests: 0,
} as const;

/**
 * Stands between the devices and the server and counts, so that every peer's bytes are taken with
 * the same measure, whatever the peer says of itself. It changes and delays nothing on purpose; the
 * hop costs each peer the same fraction of a millisecond.
 */
export async function startWireTap(serverPort: number): Promise<WireTap> {
  let counts: Counts = { ...nothing, serverMs: [] };
  const open = new Set<Socket>();

  const server = createServer({ noDelay: true }, (device) => {
    const upstream = connect({ port: serverPort, host: '127.0.0.1', noDelay: true });
    const asked: number[] = [];
    const up = createHttpMeter({
      onBody(bytes) {
        counts.upBodyBytes += bytes;
      },
      onMessageEnd() {
        counts.requests += 1;
        asked.push(performance.now());
      },
    });
    const down = createHttpMeter({
      onBody(bytes) {
        counts.downBodyBytes += bytes;
      },
      onMessageEnd() {
        const askedAt = asked.shift();
        if (askedAt !== undefined) counts.serverMs.push(performance.now() - askedAt);
      },
      onHead(firstLine) {
        if (firstLine.startsWith('HTTP/1.1 101')) isUpgraded = true;
      },
    });
    let isUpgraded = false;
    join(device, upstream, (chunk) => {
      counts.upBytes += chunk.length;
      if (isUpgraded) counts.upBodyBytes += chunk.length;
      else up.feed(chunk);
    });
    join(upstream, device, (chunk) => {
      counts.downBytes += chunk.length;
      down.feed(chunk);
    });
    upstream.once('close', down.end);
  });

  function join(from: Socket, to: Socket, count: (chunk: Buffer) => void): void {
    open.add(from);
    from.on('data', (chunk: Buffer) => {
      count(chunk);
      if (!to.write(chunk)) {
        from.pause();
        to.once('drain', () => from.resume());
      }
    });
    from.once('close', () => {
      open.delete(from);
      // What has been written to it still goes out.
      to.destroySoon();
    });
    // A connection that breaks is the device's or the server's business; both sides see it close.
    from.on('error', () => undefined);
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('a server on TCP has a port');

  return {
    port: address.port,
    take() {
      const taken = counts;
      counts = { ...nothing, serverMs: [] };
      return taken;
    },
    async close() {
      for (const socket of open) socket.destroy();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}

type Counts = { -readonly [Name in keyof typeof nothing]: number } & { serverMs: number[] };
