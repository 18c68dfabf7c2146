import type { DeviceId } from '../shared/clock.ts';
import type { Bytes } from '../shared/protocol/bytes.ts';
import type { WireError } from '../shared/protocol/errors.ts';
import type {
  Bucket,
  Digest,
  DigestQuery,
  Versions,
  VersionsQuery,
} from '../shared/protocol/history-messages.ts';
import type { RecoveryId, SlotId, WorkspaceId } from '../shared/protocol/ids.ts';
import type {
  Done,
  PullQuery,
  PullResult,
  Push,
  PushResult,
  Slot,
  SlotPart,
} from '../shared/protocol/messages.ts';
import type { Outcome } from '../shared/protocol/outcome.ts';
import type { KeyPackage, SignedState } from '../shared/protocol/workspace-state.ts';
import type {
  Devices,
  Invitations,
  Invite,
  RecoveryFound,
  SetRecovery,
  States,
  WorkspaceStatus,
} from '../shared/protocol/workspace-messages.ts';

/** Who asks, as hashes: the secrets themselves go no further than the route that read them. */
export interface Auth {
  readonly device: DeviceId;
  readonly tokenHash: Bytes;
  /** Null when the request shows no proof of the key. */
  readonly proofHash: Bytes | null;
  /** 0 when the client does not say. */
  readonly clientVersion: number;
}

export interface PushedRows {
  readonly push: Push;
  readonly blobs: readonly Bytes[];
  /** SHA-256 of the whole frame: tells a repeated batch from another one with the same number. */
  readonly digest: Bytes;
}

/** A header and the sealed rows that follow it. */
export interface Framed<Header> {
  readonly header: Header;
  readonly blobs: readonly Bytes[];
}

export type Reply<Value> = Outcome<Value, WireError>;

export interface Chain {
  readonly workspace: WorkspaceId;
  readonly states: readonly SignedState[];
  readonly packages: readonly KeyPackage[];
}

/** What else has to be told that something of a workspace is gone. */
export interface Unfindable {
  readonly recoveries: readonly RecoveryId[];
}
export interface Deserted extends Unfindable {
  readonly slots: readonly SlotId[];
}

/** What a workspace can be asked: the routes know nothing else of it. */
export interface WorkspaceApi {
  /** Begins a workspace, or brings one forward that holds an earlier part of this chain. */
  create(chain: Chain): Promise<Reply<WorkspaceStatus>>;
  status(auth: Auth): Promise<Reply<WorkspaceStatus>>;
  states(auth: Auth, since: number): Promise<Reply<States>>;
  putState(
    auth: Auth,
    state: SignedState,
    packages: readonly KeyPackage[],
  ): Promise<Reply<Unfindable>>;
  push(auth: Auth, rows: PushedRows): Promise<Reply<Framed<PushResult>>>;
  pull(auth: Auth, query: PullQuery): Promise<Reply<Framed<PullResult>>>;
  digest(auth: Auth, query: DigestQuery): Promise<Reply<Digest | Bucket>>;
  versions(auth: Auth, query: VersionsQuery): Promise<Reply<Framed<Versions>>>;
  devices(auth: Auth): Promise<Reply<Devices>>;
  /** May this device open a slot to pair? */
  mayPair(auth: Auth): Promise<Reply<Done>>;
  invite(auth: Auth, invitation: Pick<Invite, 'slot' | 'label'>): Promise<Reply<Done>>;
  invitations(auth: Auth): Promise<Reply<Invitations>>;
  closeInvitation(auth: Auth, slot: SlotId): Promise<Reply<Done>>;
  /** Answers with where the device's words led before. */
  setRecovery(
    auth: Auth,
    recovery: Pick<SetRecovery, 'device' | 'find'>,
  ): Promise<Reply<Unfindable>>;
  /** Everything, for good. */
  destroy(auth: Auth): Promise<Reply<Deserted>>;
  /** Answers 101 with a socket. */
  connect(auth: Auth): Promise<Response>;
}

/** Where two devices meet. */
export interface SlotApi {
  open(offer: string, lifetimeMs: number): Promise<Reply<Done>>;
  read(): Promise<Reply<Slot>>;
  write(part: SlotPart, sealed: string): Promise<Reply<Done>>;
  close(): Promise<Reply<Done>>;
}

/** Where recovery words lead. */
export interface PointerApi {
  set(workspace: WorkspaceId, pointer: string): Promise<Reply<Done>>;
  find(): Promise<Reply<RecoveryFound>>;
  /** Only the workspace that set it. */
  clear(workspace: WorkspaceId): Promise<void>;
}
