import { DurableObject } from 'cloudflare:workers';
import { done, type Done, type Slot, type SlotPart } from '../shared/protocol/messages.ts';
import { objectSql } from './object-sql.ts';
import { createSlotStore, type SlotStore } from './slot-store.ts';
import type { Reply } from './workspace-api.ts';

/** Where two devices meet; wipes itself when its time is over. */
export class PairingSlot extends DurableObject {
  readonly #store: SlotStore;

  constructor(ctx: DurableObjectState, env: Cloudflare.Env) {
    super(ctx, env);
    this.#store = createSlotStore({ sql: objectSql(ctx.storage), now: () => Date.now() });
  }

  async open(offer: string, lifetimeMs: number): Promise<Reply<Done>> {
    const opened = this.#store.open(offer, lifetimeMs);
    if (opened.ok) await this.ctx.storage.setAlarm(Date.now() + lifetimeMs);
    return opened;
  }

  read(): Reply<Slot> {
    return this.#store.read();
  }

  write(part: SlotPart, sealed: string): Reply<Done> {
    return this.#store.write(part, sealed);
  }

  async close(): Promise<Reply<Done>> {
    await this.ctx.storage.deleteAlarm();
    await this.ctx.storage.deleteAll();
    return { ok: true, value: done };
  }

  override async alarm(): Promise<void> {
    await this.ctx.storage.deleteAll();
  }
}
