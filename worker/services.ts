import type { SlotId, WorkspaceId } from '../shared/protocol/ids.ts';
import type { CreationPolicy } from './config.ts';
import type { SlotApi, WorkspaceApi } from './workspace-api.ts';

/** All that the routes need: the objects in the worker, plain stores in a test. */
export interface Services {
  readonly workspace: (id: WorkspaceId) => WorkspaceApi;
  readonly slot: (id: SlotId) => SlotApi;
  readonly creation: CreationPolicy;
  readonly version: string;
  /** False: too many requests from there of late. `scope` keeps pairing apart from creation. */
  readonly isAllowed: (scope: string, from: string) => Promise<boolean>;
  /** Never anything of a request but what `RequestLog` names. */
  readonly log: (entry: RequestLog) => void;
}

export interface RequestLog {
  readonly event: 'request' | 'failure';
  readonly method: string;
  /** The route's pattern, so that no id gets into the log. */
  readonly route: string;
  readonly status: number;
  readonly code?: string;
  readonly ms: number;
}
