import { parseJson } from '../../shared/protocol/json.ts';
import { SOCKET_PING, SOCKET_PONG } from '../../shared/protocol/limits.ts';
import { headMessageSchema } from '../../shared/protocol/messages.ts';
import { retryDelayMs } from './back-off.ts';
import type { Socket, SyncDeps } from './deps.ts';

/** A service worker ends after 30 idle seconds; traffic on a socket every 20 keeps it up. */
const PING_EVERY_MS = 20_000;
/** How long after the last sign of a user the socket stays; from then on alarms suffice. */
const OPEN_AFTER_TOUCH_MS = 2 * 60 * 1000;

export interface SocketAddress {
  readonly url: string;
  readonly protocols: readonly string[];
}

export interface HeadSocketDeps extends Pick<
  SyncDeps,
  'openSocket' | 'now' | 'schedule' | 'randomBytes'
> {
  /** Where to connect; null while there is no workspace. */
  readonly address: () => Promise<SocketAddress | null>;
  readonly onHead: (head: number) => void;
}

export interface HeadSocket {
  /** A surface is open or was just used: connect, or stay connected. */
  touch(): void;
  isWanted(): boolean;
  /** Lets go until the next touch. */
  close(): void;
}

/** Hears "head = N" from the worker. Losing it loses nothing: the next pull gets everything. */
export function createHeadSocket(deps: HeadSocketDeps): HeadSocket {
  let socket: Socket | null = null;
  let isConnecting = false;
  let isPongDue = false;
  let wantedUntil = Number.NEGATIVE_INFINITY;
  let failures = 0;
  let cancelTimer = (): void => {};

  const isWanted = (): boolean => deps.now() < wantedUntil;

  function after(delayMs: number, task: () => void): void {
    cancelTimer();
    cancelTimer = deps.schedule(delayMs, task);
  }

  async function connect(): Promise<void> {
    if (socket || isConnecting || !isWanted()) return;
    isConnecting = true;
    try {
      const address = await deps.address();
      if (address && isWanted()) open(address);
    } catch {
      retryLater();
    } finally {
      isConnecting = false;
    }
  }

  function open({ url, protocols }: SocketAddress): void {
    isPongDue = false;
    const opened = deps.openSocket(url, protocols, {
      onOpen() {
        failures = 0;
        after(PING_EVERY_MS, ping);
      },
      onMessage(data) {
        isPongDue = false;
        if (data === SOCKET_PONG || typeof data !== 'string') return;
        const message = parseJson(data, headMessageSchema);
        if (message) deps.onHead(message.head);
      },
      onClose() {
        if (socket !== opened) return;
        socket = null;
        retryLater();
      },
    });
    socket = opened;
  }

  function ping(): void {
    if (!socket) return;
    // Silence since the last ping: the line is dead, whatever the socket's state says.
    if (isPongDue || !isWanted()) {
      drop();
      retryLater();
      return;
    }
    isPongDue = true;
    socket.send(SOCKET_PING);
    after(PING_EVERY_MS, ping);
  }

  function retryLater(): void {
    cancelTimer();
    if (!isWanted()) return;
    failures += 1;
    after(retryDelayMs(failures, deps.randomBytes), () => void connect());
  }

  function drop(): void {
    cancelTimer();
    const dropped = socket;
    socket = null;
    dropped?.close(1000);
  }

  return {
    touch() {
      wantedUntil = deps.now() + OPEN_AFTER_TOUCH_MS;
      if (failures === 0) void connect();
    },
    isWanted,
    close() {
      wantedUntil = Number.NEGATIVE_INFINITY;
      failures = 0;
      drop();
    },
  };
}
