export interface SyncModel {
  stub: true;
}
export const createSyncModel = (_deps: unknown): SyncModel => ({ stub: true });
