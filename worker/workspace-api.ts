import type { DeviceId } from '../shared/clock.ts';
import type { Bytes } from '../shared/protocol/bytes.ts';
import type { WireError } from '../shared/protocol/errors.ts';
import type {
  Create,
  DeviceList,
  Done,
  NewDevice,
  PullQuery,
  PullResult,
  Push,
  PushResult,
  Slot,
  SlotPart,
  WorkspaceState,
} from '../shared/protocol/messages.ts';
import type { Outcome } from '../shared/protocol/outcome.ts';

/** Who asks, as hashes: the secrets themselves go no further than the route that read them. */
export interface Auth {
  readonly device: DeviceId;
  readonly tokenHash: Bytes;
  readonly proofHash: Bytes;
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
export type NewWorkspace = Pick<Create, 'keyEpoch' | 'keyCheck' | 'proofHash' | 'device'>;

/** What a workspace can be asked: the routes know nothing else of it. */
export interface WorkspaceApi {
  create(request: NewWorkspace): Promise<Reply<WorkspaceState>>;
  state(auth: Auth): Promise<Reply<WorkspaceState>>;
  push(auth: Auth, rows: PushedRows): Promise<Reply<Framed<PushResult>>>;
  pull(auth: Auth, query: PullQuery): Promise<Reply<Framed<PullResult>>>;
  devices(auth: Auth): Promise<Reply<DeviceList>>;
  register(auth: Auth, device: NewDevice): Promise<Reply<Done>>;
  remove(auth: Auth, device: DeviceId): Promise<Reply<Done>>;
  /** Answers 101 with a socket that says the head and nothing else. */
  connect(auth: Auth): Promise<Response>;
}

/** Where two devices meet for two minutes. */
export interface SlotApi {
  open(offer: string): Promise<Reply<Done>>;
  read(): Promise<Reply<Slot>>;
  write(part: SlotPart, sealed: string): Promise<Reply<Done>>;
  close(): Promise<Reply<Done>>;
}
