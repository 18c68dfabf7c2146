import type { Json } from '../../../shared/merge.ts';

/** The same records for every peer: rows of the seeded book, as the product's schemas have them. */
export interface BookRecord {
  readonly table: TableName;
  readonly row: { readonly id: string; readonly [field: string]: FieldValue };
}
export type TableName = 'clients' | 'contacts' | 'interactions';
export type FieldValue = Json | Readonly<Record<string, Json>>;

/** One field of one record gets another value. */
export interface FieldEdit {
  readonly table: TableName;
  readonly id: string;
  readonly field: string;
  readonly value: string;
}

/** How much there is to fetch. */
export interface Wanted {
  /** Clients and contacts: with these, a list of clients can be shown. */
  readonly head: number;
  readonly rows: number;
}

export interface FirstPull {
  /** From the start until every client is there and the list of them has been read from storage. */
  readonly firstScreenMs: number;
  /** Until the device says that it has everything, on its own storage. */
  readonly completeMs: number;
  /** The longest time for which the thread that draws could not. 0: never as long as can be seen. */
  readonly longestTaskMs: number;
}

/**
 * One device of a peer, driven through the peer's own public calls. All times are taken on the
 * device. A promise resolves when the result is on the device's storage, as durable as the peer
 * makes it.
 */
export interface Device {
  /** Joins (with `ticket`, where the peer needs one) and fetches everything there is. */
  firstPull(wanted: Wanted, ticket: string): Promise<FirstPull>;
  /** Writes while offline: nothing is sent. */
  write(edits: readonly FieldEdit[]): Promise<void>;
  /** One exchange, both ways, until nothing is left to do. @returns milliseconds */
  sync(): Promise<number>;
  /**
   * Sends what the last `sync` sent once more, as after a crash before the answers were stored.
   * @returns milliseconds, or null where the peer has no such thing
   */
  syncAgain(): Promise<number | null>;
  /** From now on others' changes come by themselves, and own ones are sent at once. */
  listen(): Promise<void>;
  /** @returns the moment before the write: UTC milliseconds with fractions */
  writeLive(edit: FieldEdit): Promise<number>;
  /** @returns the moment at which another device's edit was read back from the storage here */
  seen(edit: FieldEdit): Promise<number>;
}

export type DeviceCall = keyof Device;

/** What a device is told when it starts. */
export interface DeviceSetup {
  /** `http://127.0.0.1:<port>`; a WebSocket goes to the same port. */
  readonly url: string;
  /** The folder of a device that does not run in a browser. */
  readonly folder: string;
  readonly [extra: string]: string;
}

/** What is stored, by someone who knows nothing of the peer but how its files are laid out. */
export interface Contents {
  readonly counts: Readonly<Record<TableName, number>>;
  readonly checksum: string;
}

/** The peer's server with its storage, and the means to fill it. */
export interface Backend {
  readonly port: number;
  /** What a device must be told beside the address. */
  readonly setup?: Readonly<Record<string, string>>;
  /** Puts the whole book there, as another device would have. */
  seed(book: SeedBook): Promise<void>;
  /** Another device's edits, which arrive at the server. */
  change(edits: readonly FieldEdit[]): Promise<void>;
  /** Lets one new device in: the ticket for it, and what the other side does meanwhile. */
  invite?(): Promise<{ readonly ticket: string; readonly admit: () => Promise<void> }>;
  stop(): Promise<void>;
}

export interface SeedBook {
  readonly rows: number;
  /** In the order in which they are to be written: clients, contacts, then what happened. */
  records(): Iterable<BookRecord>;
}
