import { Dexie, type Table } from 'dexie';
import type { Hlc, Stamp } from '../../shared/clock.ts';
import type { Client } from '../../shared/model/client.ts';
import type { Contact } from '../../shared/model/contact.ts';
import type { Interaction } from '../../shared/model/interaction.ts';
import type { ClientPromise } from '../../shared/model/promise.ts';
import type { Settings } from '../../shared/model/settings.ts';
import type { TableName } from '../../shared/model/tables.ts';
import type { TimeEntry } from '../../shared/model/time-entry.ts';
import type { Json } from '../../shared/merge.ts';
import type { Fields, RowMeta } from '../../shared/row.ts';
import { adoptForeign } from './adopt-foreign.ts';
import type { FocusTime } from './focus-time.ts';
import type { Arrival } from './arrival.ts';
import type { Chunk } from './chunk.ts';
import { clueKeysOf } from './clue-keys.ts';
import type { Clocked, Stored } from './clocked.ts';
import type { Receipt } from './receipts.ts';
import type { RosterBucket } from './roster.ts';
import type { Standing } from './standing.ts';
import { isLive } from './stored-row.ts';

export type { Clocked, Stored } from './clocked.ts';

/** Index keys hold only what is live: nothing for deleted rows or elements taken out. */
export type StoredClient = Stored<Client> & { readonly domainKeys: readonly string[] };
export type StoredContact = Stored<Contact> & {
  readonly emailKeys: readonly string[];
  /** Phones and profiles, see clue-keys.ts; absent where there are none, so that nothing is indexed. */
  readonly clueKeys?: readonly string[];
};

/** `openFor` is the client's id while the promise is open, and absent otherwise. */
export type StoredPromise = Stored<ClientPromise> & { readonly openFor?: string };

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

/**
 * In which chunk an id or a source is. An index of IndexedDB would do the same and takes ten times
 * as long to write as the chunks themselves (10 µs an entry); here a million entries are a few
 * thousand values. Entries are hashes and may be out of date, so whoever looks must look in the
 * chunk too. One that is there is always found.
 */
export interface Places {
  /**
   * From 0 on a segment: the entries whose hash begins so. Below 0 a run: all entries of one step of
   * a first pull, which becomes part of the segments at its end.
   */
  readonly n: number;
  readonly hashes: Uint32Array<ArrayBuffer>;
  readonly chunks: Uint32Array<ArrayBuffer>;
}

/** A row that the worker no longer has, and that this device has put away for a while. */
export interface DroppedRow {
  readonly table: string;
  readonly id: string;
  /** When it was put away, UTC milliseconds. */
  readonly at: number;
  readonly fields: Fields;
  readonly meta: RowMeta;
}

/** What takes a change back: per row the fields as they were, or null where there was no row. None: it was. */
export interface UndoEntry {
  readonly token: string;
  /** The clock's value, so that the order of entries survives a wall clock that was set back. */
  readonly at: Hlc;
  readonly rows: readonly {
    readonly table: TableName;
    readonly id: string;
    readonly before: Fields | null;
    readonly wasLive: boolean;
    /** By path what the change wrote; only what still stands as it was written is put back. */
    readonly wrote: Readonly<Record<string, Json>>;
  }[];
}

export interface KeyValue {
  readonly key: string;
  readonly value: unknown;
}

/** The newest version declared below. */
const SCHEMA_VERSION = 5;
/** IndexedDB's version is Dexie's times this; Dexie counts small repairs in between. */
const NATIVE_STEP = 10;

/** The extension's one database; pages and the background open it, a content script never. */
export class MainstayDatabase extends Dexie {
  declare readonly clients: Table<StoredClient, string>;
  declare readonly contacts: Table<StoredContact, string>;
  /** Recent and edited ones; the rest lie in `chunks`. Look with history.ts, which knows both. */
  declare readonly interactions: Table<Stored<Interaction>, string>;
  declare readonly promises: Table<StoredPromise, string>;
  declare readonly chunks: Table<Chunk, number>;
  declare readonly places: Table<Places, number>;
  declare readonly arrivals: Table<Arrival, [number, number]>;
  declare readonly settings: Table<Stored<Settings>, string>;
  declare readonly timeEntries: Table<Stored<TimeEntry>, string>;
  declare readonly focusTimes: Table<FocusTime, [string, string]>;
  declare readonly foreign: Table<ForeignRow, [string, string]>;
  declare readonly standings: Table<Standing, string>;
  declare readonly roster: Table<RosterBucket, number>;
  declare readonly outbox: Table<OutboxEntry, [string, string]>;
  declare readonly receipts: Table<Receipt, number>;
  declare readonly dropped: Table<DroppedRow, [string, string]>;
  declare readonly undo: Table<UndoEntry, string>;
  declare readonly kv: Table<KeyValue, string>;

  constructor(name = 'mainstay') {
    // No cache: what is shown is read again when it changes, and a cache would only cost on the way.
    // Relaxed: `createFlusher` sees to the disk right behind what the user waits for.
    super(name, { chromeTransactionDurability: 'relaxed', cache: 'disabled' });
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
    this.version(2)
      .stores({
        chunks: 'n, [clientId+to], waiting',
        places: 'n',
        arrivals: '[shelf+n]',
        dropped: '[table+id], at',
      })
      // Rows of version 1 know no content hash. Without its epoch the sync client compares everything
      // with the worker once, and then each row has one.
      .upgrade((transaction) => transaction.table('kv').delete('sync-epoch'));
    this.version(3)
      .stores({
        promises: 'id, openFor',
        timeEntries: 'id, [clientId+day]',
        focusTimes: '[clientId+day], day',
      })
      .upgrade(() => adoptForeign(this, ['promises', 'timeEntries']));
    this.version(4)
      .stores({ contacts: 'id, clientId, *emailKeys, *clueKeys' })
      .upgrade((transaction) =>
        transaction
          .table<StoredContact, string>('contacts')
          .toCollection()
          .modify((row) => {
            Object.assign(row, clueKeysOf(row, !isLive(row)));
          }),
      );
    this.version(SCHEMA_VERSION).stores({ receipts: '++n' });
    // Dexie opens a newer database as best it can; its rows could be damaged by rules of today.
    this.on(
      'ready',
      () => {
        const installed = Math.floor(this.backendDB().version / NATIVE_STEP);
        if (installed > SCHEMA_VERSION) throw new Dexie.VersionError('the database is newer');
      },
      true,
    );
  }
}
