import { fileURLToPath } from 'node:url';
import { peerFile } from './backends/peer-file.ts';
import type { StartBackend } from './backends/backend.ts';
import { startActual } from './backends/actual.ts';
import { startEvolu } from './backends/evolu.ts';
import { startMainstay } from './backends/mainstay.ts';
import { startPlain } from './backends/plain.ts';
import { startPouchdb } from './backends/pouchdb.ts';
import { startTinybase } from './backends/tinybase.ts';
import type { Contents } from './contract.ts';
import { readActual } from './readers/actual.ts';
import { readEvolu } from './readers/evolu.ts';

export interface Peer {
  readonly name: string;
  /** The folder below `peers` that is installed for it; the product needs none. */
  readonly folder: string | null;
  /** Packages whose versions are told with the figures. */
  readonly packages: readonly string[];
  /** What is not comparable, said beside every figure. */
  readonly notes: readonly string[];
  readonly start: StartBackend;
  readonly device: BrowserPeer | NodePeer;
  /** A workload that the peer has no means for, and why. */
  readonly lacks?: Readonly<Partial<Record<'convergence', string>>>;
}

interface BrowserPeer {
  readonly where: 'chromium';
  readonly script: string;
  readonly reader: string;
}

interface NodePeer {
  readonly where: 'node';
  readonly script: string;
  readonly read: (folder: string) => Contents;
}

/** Code of this repository, found by whoever looks for what is unused. */
const own = (url: string): string => fileURLToPath(url);

export const peers: readonly Peer[] = [
  {
    name: 'mainstay',
    folder: null,
    packages: ['dexie', 'wrangler'],
    notes: ['sealed (AES-256-GCM), blind worker in workerd through wrangler dev, commits relaxed'],
    start: startMainstay,
    device: {
      where: 'chromium',
      script: own(import.meta.resolve('./page/mainstay-device.ts')),
      reader: own(import.meta.resolve('./readers/mainstay.ts')),
    },
  },
  {
    name: 'dexie',
    folder: 'dexie',
    packages: ['dexie'],
    notes: [
      'nothing sealed, rows only (no history of who wrote which field, nothing derived), JSON not compressed, commits relaxed (Dexie’s default)',
    ],
    start: startPlain,
    device: {
      where: 'chromium',
      script: peerFile('dexie/device.js'),
      reader: own(import.meta.resolve('./readers/dexie.ts')),
    },
  },
  {
    name: 'rxdb',
    folder: 'rxdb',
    packages: ['rxdb'],
    notes: [
      'nothing sealed, a revision for each row, the same plain server and JSON as Dexie’s, commits relaxed',
    ],
    start: startPlain,
    device: {
      where: 'chromium',
      script: peerFile('rxdb/device.js'),
      reader: own(import.meta.resolve('./readers/rxdb.ts')),
    },
  },
  {
    name: 'pouchdb',
    folder: 'pouchdb',
    packages: ['pouchdb-browser', 'pouchdb-node', 'express-pouchdb'],
    notes: [
      'nothing sealed, a tree of revisions for each row, no index but the id, answers compressed, LevelDB behind express-pouchdb, commits relaxed',
    ],
    start: startPouchdb,
    device: {
      where: 'chromium',
      script: peerFile('pouchdb/device.js'),
      reader: own(import.meta.resolve('./readers/pouchdb.ts')),
    },
  },
  {
    name: 'evolu',
    folder: 'evolu',
    packages: ['@evolu/common', 'better-sqlite3'],
    notes: [
      'sealed (XChaCha20-Poly1305), keeps every value ever written; its database worker and its relay in Node on native SQLite: no browser, so no IndexedDB and no thread that draws',
    ],
    start: startEvolu,
    device: { where: 'node', script: peerFile('evolu/device.js'), read: readEvolu },
  },
  {
    name: 'actual',
    folder: 'actual',
    packages: ['@actual-app/sync-server', '@actual-app/crdt', 'better-sqlite3'],
    notes: [
      'nothing sealed, protocol only: its server, its CRDT package and a client of ours on SQLite in Node, not its application; a new record is one message instead of one for each field; keeps every message; no browser, so no IndexedDB and no thread that draws',
    ],
    start: startActual,
    device: { where: 'node', script: peerFile('actual/device.js'), read: readActual },
    lacks: { convergence: 'has no live channel: a device asks when it is told to' },
  },
  {
    name: 'tinybase',
    folder: 'tinybase',
    packages: ['tinybase', 'ws'],
    notes: [
      'nothing sealed, a store in memory whose copy in IndexedDB (and in the server’s file) is written as a whole each time; messages of at most 16 MB; the server is asked past the wire whether an edit has arrived, since TinyBase does not tell',
    ],
    start: startTinybase,
    device: {
      where: 'chromium',
      script: peerFile('tinybase/device.js'),
      reader: own(import.meta.resolve('./readers/tinybase.ts')),
    },
  },
];
