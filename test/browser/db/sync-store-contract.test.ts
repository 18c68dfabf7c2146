import { onTestFinished } from 'vitest';
import { MainstayDatabase } from '../../../extension/db/database.ts';
import { openProduct } from '../../sim/world/product.ts';
import { describeSyncStore } from '../../support/sync-store-contract.ts';

describeSyncStore('the store on IndexedDB', async (device, now) => {
  const db = new MainstayDatabase(`contract-${crypto.randomUUID()}`);
  onTestFinished(() => db.delete());
  await db.kv.put({ key: 'device', value: device });
  return openProduct(db, device, now, { onEdited: () => {}, onRestamped: () => {} });
});
