import { DurableObject } from 'cloudflare:workers';
import type { WorkspaceId } from '../shared/protocol/ids.ts';
import type { Done } from '../shared/protocol/messages.ts';
import type { RecoveryFound } from '../shared/protocol/workspace-messages.ts';
import { objectSql } from './object-sql.ts';
import { createPointerStore, type PointerStore } from './pointer-store.ts';
import type { Reply } from './workspace-api.ts';

/** Found by a name that follows from the words; holds what only the words can open. */
export class RecoveryPointer extends DurableObject {
  readonly #store: PointerStore;

  constructor(ctx: DurableObjectState, env: Cloudflare.Env) {
    super(ctx, env);
    this.#store = createPointerStore(objectSql(ctx.storage));
  }

  set(workspace: WorkspaceId, pointer: string): Reply<Done> {
    return this.#store.set(workspace, pointer);
  }

  find(): Reply<RecoveryFound> {
    return this.#store.find();
  }

  async clear(workspace: WorkspaceId): Promise<void> {
    if (this.#store.isOf(workspace)) await this.ctx.storage.deleteAll();
  }
}
