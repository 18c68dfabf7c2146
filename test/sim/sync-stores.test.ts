import { describeSyncStore } from '../support/sync-store-contract.ts';
import { memoryDisk } from './world/memory-store.ts';
import { productDisk } from './world/product-disk.ts';

const nothing = { onEdited: () => {}, onRestamped: () => {} };

describeSyncStore('the product’s store on a database in memory', async (device, now) =>
  productDisk(device, now).open((_, transaction) => transaction(), nothing),
);

describeSyncStore('the store in Maps, for the newer version', async (device, now) =>
  memoryDisk(device, now).open((_, transaction) => transaction(), nothing),
);
