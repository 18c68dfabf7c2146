import type { Children } from '../../../support/children.ts';
import type { Backend } from '../contract.ts';

export interface BackendOptions {
  readonly children: Children;
  /** Where the server keeps its data; empty at first, and thrown away with the run. */
  readonly folder: string;
}

export type StartBackend = (options: BackendOptions) => Promise<Backend>;
