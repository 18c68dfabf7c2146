export const CHANGED_MESSAGE = 'changed';
export const COMMAND_MESSAGE = 'command';

export type PanelEvent =
  | { readonly name: typeof CHANGED_MESSAGE; readonly clientIds: readonly string[] }
  | { readonly name: typeof COMMAND_MESSAGE; readonly command: string };

/** Told to the extension's own pages, which then ask for the status. */
export const SYNC_STATUS_MESSAGE = 'sync-status';
