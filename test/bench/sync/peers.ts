import type { StartBackend } from './backends/backend.ts';
import { startMainstay } from './backends/mainstay.ts';
import { startPlain } from './backends/plain.ts';
import type { Contents } from './contract.ts';

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

/** Scripts from this folder on. */
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

export const peers: readonly Peer[] = [
  {
    name: 'mainstay',
    folder: null,
    packages: ['dexie', 'wrangler'],
    notes: [
      'sealed (AES-256-GCM), blind worker in workerd through wrangler dev, every commit strict',
    ],
    start: startMainstay,
    device: {
      where: 'chromium',
      script: 'page/mainstay-device.ts',
      reader: 'readers/mainstay.ts',
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
    device: { where: 'chromium', script: 'peers/dexie/device.js', reader: 'readers/dexie.ts' },
  },
];
