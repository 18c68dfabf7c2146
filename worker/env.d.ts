import type { PairingSlot } from './pairing-slot.ts';
import type { RecoveryPointer } from './recovery-pointer.ts';
import type { Workspace } from './workspace.ts';

/** The worker's bindings, as wrangler.jsonc gives them. */
declare global {
  namespace Cloudflare {
    interface Env {
      readonly WORKSPACES: DurableObjectNamespace<Workspace>;
      readonly PAIRING_SLOTS: DurableObjectNamespace<PairingSlot>;
      readonly RECOVERY_POINTERS: DurableObjectNamespace<RecoveryPointer>;
      /** `open`, `secret` or `closed`; anything else is `closed`. */
      readonly WORKSPACE_CREATION?: string;
      /** Asked for when WORKSPACE_CREATION is `secret`; set it with `wrangler secret put`. */
      readonly WORKSPACE_SECRET?: string;
      readonly MAX_WORKSPACE_BYTES?: string;
      readonly MAX_WORKSPACE_ROWS?: string;
      readonly MAX_DEVICES?: string;
      /** Origins that may ask, with commas between; every extension's when it is not set. */
      readonly EXTENSION_ORIGINS?: string;
      /** Against bursts only; exact quotas are counted with the data. */
      readonly BURSTS?: RateLimit;
      readonly REQUESTS?: RateLimit;
      /** `off` on one's own machine, where every device has one address. */
      readonly RATE_LIMITS?: string;
      readonly WORKER_VERSION?: string;
      /** `off` silences the request log. */
      readonly REQUEST_LOG?: string;
    }
  }
}
