import type { Contents, DeviceCall } from '../contract.ts';
import type { MemoryWatch } from './memory.ts';

/** A device with its process, wherever it runs. */
export interface RunningDevice {
  call<Result>(name: DeviceCall, args: readonly unknown[]): Promise<Result>;
  /** What is stored, read by someone else than the peer. */
  read(): Promise<Contents>;
  watchMemory(): Promise<MemoryWatch>;
  stop(): Promise<void>;
}
