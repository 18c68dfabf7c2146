import type { RecoveryId, SlotId, WorkspaceId } from '../shared/protocol/ids.ts';
import type { CreationPolicy } from './config.ts';
import type { PointerApi, SlotApi, WorkspaceApi } from './workspace-api.ts';

/** All that the routes need: the objects in the worker, plain stores in a test. */
export interface Services {
  readonly workspace: (id: WorkspaceId) => WorkspaceApi;
  readonly slot: (id: SlotId) => SlotApi;
  readonly pointer: (id: RecoveryId) => PointerApi;
  readonly creation: CreationPolicy;
  readonly isOriginAllowed: (origin: string) => boolean;
  readonly version: string;
  /** False: too many requests from there of late. Each scope is counted by itself. */
  readonly isAllowed: (scope: Scope, from: string) => Promise<boolean>;
  /** Never anything of a request but what `LogEntry` names. */
  readonly log: (entry: LogEntry) => void;
}

/** `any`: every request, generously. The others can be guessed at or cost storage, so sparingly. */
export type Scope = 'any' | 'create' | 'pair' | 'recover';

export type LogEntry = RequestLog | CleanUpLog;

export interface RequestLog {
  readonly event: 'request' | 'failure';
  readonly method: string;
  /** The route's pattern, so that no id gets into the log. */
  readonly route: string;
  readonly status: number;
  readonly code?: string;
  readonly ms: number;
}

interface CleanUpLog {
  readonly event: 'clean-up';
  readonly deadRows: number;
  readonly versions: number;
}
