import { Dexie, type Table } from 'dexie';
import type { Stamp } from '../../shared/clock.ts';
import type { Client } from '../../shared/model/client.ts';
import type { Contact } from '../../shared/model/contact.ts';
import type { Interaction } from '../../shared/model/interaction.ts';
import type { Settings } from '../../shared/model/settings.ts';
import type { TableName } from '../../shared/model/tables.ts';
import type { Fields, RowMeta } from '../../shared/row.ts';
import type { RosterBucket } from './roster.ts';
import type { Standing } from './standing.ts';

/** What every synced row carries beside its fields. */
export interface Clocked {
  readonly meta: RowMeta;
  /** The worker's sequence number of the version last exchanged; absent while the worker has none. */
  readonly seq?: number;
}
export type Stored<Entity> = Entity & Clocked;
/** Index keys hold only what is live: nothing for deleted rows or elements taken out. */
export type StoredClient = Stored<Client> & { readonly domainKeys: readonly string[] };
export type StoredContact = Stored<Contact> & { readonly emailKeys: readonly string[] };

export interface OutboxEntry {
  readonly table: string;
  readonly id: string;
  /** The row's latest stamp when it was last queued: an acknowledgement for an older one is ignored. */
  readonly stamp: Stamp;
}

/** A row that this version cannot read: of an unknown table, or not as its schema says. */
export interface ForeignRow extends Clocked {
  readonly table: string;
  readonly id: string;
  readonly fields: Fields;
  readonly reason: string;
}

/** What takes a change back: per row the registers as they were, or null where there was no row. */
export interface UndoEntry {
  readonly token: string;
  readonly at: number;
  readonly rows: readonly {
    readonly table: TableName;
    readonly id: string;
    readonly before: Fields | null;
    /** The paths the change wrote; only these are put back. */
    readonly paths: readonly string[];
  }[];
}

export interface KeyValue {
  readonly key: string;
  readonly value: unknown;
}

/** The extension's one database; pages and the background open it, a content script never. */
export class MainstayDatabase extends Dexie {
  declare readonly clients: Table<StoredClient, string>;
  declare readonly contacts: Table<StoredContact, string>;
  declare readonly interactions: Table<Stored<Interaction>, string>;
  declare readonly settings: Table<Stored<Settings>, string>;
  declare readonly foreign: Table<ForeignRow, [string, string]>;
  declare readonly standings: Table<Standing, string>;
  declare readonly roster: Table<RosterBucket, number>;
  declare readonly outbox: Table<OutboxEntry, [string, string]>;
  declare readonly undo: Table<UndoEntry, string>;
  declare readonly kv: Table<KeyValue, string>;

  constructor(name = 'mainstay') {
    super(name, { chromeTransactionDurability: 'strict' });
    this.version(1).stores({
      clients: 'id, *domainKeys',
      contacts: 'id, clientId, *emailKeys',
      interactions: 'id, [clientId+at], source',
      settings: 'id',
      foreign: '[table+id]',
      standings: 'clientId',
      roster: 'bucket',
      outbox: '[table+id]',
      undo: 'token, at',
      kv: 'key',
    });
  }
}
