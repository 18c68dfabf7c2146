import * as v from 'valibot';
import type { Bytes } from '../../shared/protocol/bytes.ts';
import { errorBodySchema } from '../../shared/protocol/errors.ts';
import { decodeFrame } from '../../shared/protocol/frame.ts';
import { parseJson } from '../../shared/protocol/json.ts';
import {
  MAX_LIVE_BYTES,
  SOCKET_PING,
  SOCKET_PONG,
  SOCKET_REMOVED,
} from '../../shared/protocol/limits.ts';
import { headMessageSchema } from '../../shared/protocol/messages.ts';
import { fail, succeed } from '../../shared/protocol/outcome.ts';
import { retryDelayMs } from './back-off.ts';
import type { Socket, SyncDeps } from './deps.ts';
import type { Live } from './worker-api.ts';

/** A service worker ends after 30 idle seconds; traffic on a socket every 20 keeps it up. */
const PING_EVERY_MS = 20_000;
/** How long after the last sign of a user the socket stays; from then on alarms suffice. */
const OPEN_AFTER_TOUCH_MS = 2 * 60 * 1000;
/** A worker that is there answers within a round trip; after this long HTTP is asked. */
const ANSWER_WITHIN_MS = 3000;

/** Tells what another device has written from the answer to what was asked. */
const newsMark = v.object({ type: v.literal('news') });

export interface SocketAddress {
  readonly url: string;
  readonly protocols: readonly string[];
}

export interface LiveSocketDeps extends Pick<
  SyncDeps,
  'openSocket' | 'now' | 'schedule' | 'randomBytes'
> {
  /** Where to connect; null while there is no workspace. */
  readonly address: () => Promise<SocketAddress | null>;
  /** The worker's head, and the version of its newest signed state. */
  readonly onHead: (head: number, stateVersion: number | null) => void;
  /** What another device has just written. */
  readonly onNews: (frame: Bytes) => void;
  /** The worker says that this device has no access any more; an exchange finds out why. */
  readonly onRemoved: () => void;
}

export interface LiveSocket {
  /** A surface is open or was just used: connect, or stay connected. */
  touch(): void;
  isWanted(): boolean;
  readonly ask: Live;
  /** Lets go until the next touch. */
  close(): void;
}

/**
 * The quick way to and from the worker while somebody is there: small batches and small news, in the
 * same frames as over HTTP. Losing it loses nothing: the next exchange gets everything.
 */
export function createLiveSocket(deps: LiveSocketDeps): LiveSocket {
  let socket: Socket | null = null;
  let isOpen = false;
  let isConnecting = false;
  let isPongDue = false;
  let wantedUntil = Number.NEGATIVE_INFINITY;
  let failures = 0;
  let cancelTimer = (): void => {};
  let answerTo: ((answer: Awaited<ReturnType<Live>>) => void) | null = null;

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
        if (socket !== opened) return;
        isOpen = true;
        failures = 0;
        after(PING_EVERY_MS, ping);
      },
      onMessage(data) {
        if (socket !== opened) return;
        isPongDue = false;
        if (data instanceof ArrayBuffer) hearFrame(new Uint8Array(data));
        else if (typeof data === 'string' && data !== SOCKET_PONG) hearText(data);
      },
      onClose(code) {
        if (socket !== opened) return;
        forgetSocket();
        retryLater();
        if (code === SOCKET_REMOVED) deps.onRemoved();
      },
    });
    socket = opened;
  }

  function hearText(text: string): void {
    const message = parseJson(text, headMessageSchema);
    if (message) deps.onHead(message.head, message.state ?? null);
    const refusal = message ? null : parseJson(text, errorBodySchema);
    if (refusal) answerTo?.(fail(refusal.error));
  }

  function hearFrame(frame: Bytes): void {
    const decoded = decodeFrame(frame);
    if (decoded.ok && v.is(newsMark, decoded.value.header)) deps.onNews(frame);
    else answerTo?.(succeed(frame));
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

  function forgetSocket(): void {
    socket = null;
    isOpen = false;
    answerTo?.(null);
  }

  function drop(): void {
    cancelTimer();
    const dropped = socket;
    forgetSocket();
    dropped?.close(1000);
  }

  return {
    touch() {
      wantedUntil = deps.now() + OPEN_AFTER_TOUCH_MS;
      if (failures === 0) void connect();
    },
    isWanted,
    async ask(frame) {
      if (!socket || !isOpen || answerTo || frame.length > MAX_LIVE_BYTES) return null;
      const asked = socket;
      return new Promise((resolve) => {
        const cancel = deps.schedule(ANSWER_WITHIN_MS, () => {
          answerTo?.(null);
          // A late answer must not be taken for the next one's.
          if (socket === asked) drop();
          retryLater();
        });
        answerTo = (answer) => {
          cancel();
          answerTo = null;
          resolve(answer);
        };
        asked.send(frame);
      });
    },
    close() {
      wantedUntil = Number.NEGATIVE_INFINITY;
      failures = 0;
      drop();
    },
  };
}
