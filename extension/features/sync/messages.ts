export type SyncMessages = { 'sync.summary': [Record<string, never>, { state: string }] };
