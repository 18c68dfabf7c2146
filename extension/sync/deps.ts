import type { DeviceId } from '../../shared/clock.ts';
import type { Bytes } from '../../shared/protocol/bytes.ts';
import type { SyncStore } from '../db/sync-store.ts';
import type { SecretMemory } from './lock.ts';

/** As much of a WebSocket as is used. */
export interface Socket {
  send(data: string | Bytes): void;
  close(code: number): void;
}

export interface SocketEvents {
  onOpen(): void;
  /** Text, or an ArrayBuffer. */
  onMessage(data: unknown): void;
  /** Once, however it ended; also when it never opened. The code is the other side's, if it gave one. */
  onClose(code?: number): void;
}

export interface SyncDeps {
  readonly store: SyncStore;
  /** The id in this device's stamps; sealed rows and the worker know the device by the same one. */
  readonly deviceId: () => Promise<DeviceId>;
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly openSocket: (url: string, protocols: readonly string[], events: SocketEvents) => Socket;
  /** This device's own clock, UTC milliseconds, not corrected. */
  readonly now: () => number;
  readonly randomBytes: (length: number) => Bytes;
  /** Runs `task` once after `delayMs`; the answer cancels it. */
  readonly schedule: (delayMs: number, task: () => void) => () => void;
  /**
   * One such task at a time in the whole browser. Pages change who belongs to the workspace, the
   * background follows what other devices changed, and both move the same pin.
   */
  readonly exclusively: <Value>(task: () => Promise<Value>) => Promise<Value>;
  readonly secrets: SecretMemory;
  /** Told once about each unexpected throw, never with a record's content. */
  readonly onUnexpected: (where: string, error: unknown) => void;
}

export const wait = (deps: Pick<SyncDeps, 'schedule'>, delayMs: number): Promise<void> =>
  new Promise((resolve) => {
    deps.schedule(delayMs, resolve);
  });
