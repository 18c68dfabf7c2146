import type * as main from '../../worker/index.ts';

/** Tells `exports` of `cloudflare:workers` what the worker under test exports. */
declare global {
  namespace Cloudflare {
    interface GlobalProps {
      readonly mainModule: typeof main;
    }
  }
}
