import { signal, type ReadonlySignal } from '../../ui/signal.ts';
import { SYNC_STATUS_MESSAGE } from '../../messaging/events.ts';
import type { Answer, Failure } from '../../messaging/messages.ts';
import type { Send } from '../../messaging/send.ts';
import type { SyncStatus } from '../../sync/status.ts';
import type { DeviceLine, SyncAttempt, SyncMessages, SyncRefusal } from './messages.ts';

export interface SyncModel {
  /** Null until the background has answered. */
  readonly status: ReadonlySignal<SyncStatus | null>;
  readonly devices: ReadonlySignal<readonly DeviceLine[]>;
  /** Why the last attempt was refused. */
  readonly refusal: ReadonlySignal<SyncRefusal | Failure['code'] | null>;
  readonly isBusy: ReadonlySignal<boolean>;
  /** Follows the status until `signal` ends it. */
  follow(signal: AbortSignal): void;
  attempt<Name extends AttemptName>(name: Name, input: SyncMessages[Name][0]): Promise<void>;
}

type AttemptName = {
  [Name in keyof SyncMessages]: SyncMessages[Name][1] extends SyncAttempt ? Name : never;
}[keyof SyncMessages];

interface Events {
  addListener(listener: (message: unknown) => undefined): void;
  removeListener(listener: (message: unknown) => undefined): void;
}

/** "10 seconds ago" grows old even when nothing happens; asking also keeps the worker's ear open. */
const REFRESH_MS = 5000;

export function createSyncModel({
  send,
  events,
}: {
  readonly send: Send<SyncMessages>;
  readonly events: Events;
}): SyncModel {
  const status = signal<SyncStatus | null>(null);
  const devices = signal<readonly DeviceLine[]>([]);
  const refusal = signal<SyncRefusal | Failure['code'] | null>(null);
  const isBusy = signal(false);

  async function refresh(): Promise<void> {
    const before = status.value;
    const answer = await send('sync.status', {});
    if (!answer.ok) {
      refusal.value = answer.error.code;
      return;
    }
    status.value = answer.value;
    const isOther = before?.workspace?.id !== answer.value.workspace?.id;
    const isPaired = before?.pairing?.phase !== answer.value.pairing?.phase;
    if (isOther || isPaired) await readDevices();
  }

  async function readDevices(): Promise<void> {
    if (!status.value?.workspace) {
      devices.value = [];
      return;
    }
    const answer = await send('sync.devices', {});
    if (answer.ok) devices.value = answer.value;
  }

  return {
    status,
    devices,
    refusal,
    isBusy,
    follow(signal) {
      const listen = (message: unknown): undefined => {
        if (isStatusMessage(message)) void refresh();
      };
      events.addListener(listen);
      const timer = setInterval(() => void refresh(), REFRESH_MS);
      signal.addEventListener('abort', () => {
        events.removeListener(listen);
        clearInterval(timer);
      });
      void refresh();
    },
    async attempt(name, input) {
      if (isBusy.value) return;
      isBusy.value = true;
      refusal.value = null;
      const answer: Answer<SyncAttempt> = await send(name, input);
      isBusy.value = false;
      refusal.value = answer.ok ? answer.value.refusal : answer.error.code;
      if (answer.ok) status.value = answer.value.status;
      await readDevices();
    },
  };
}

const isStatusMessage = (message: unknown): boolean =>
  typeof message === 'object' &&
  message !== null &&
  'name' in message &&
  message.name === SYNC_STATUS_MESSAGE;
