import { createApp } from './app.ts';
import { objectServices } from './object-services.ts';

export { PairingSlot } from './pairing-slot.ts';
export { RecoveryPointer } from './recovery-pointer.ts';
export { Workspace } from './workspace.ts';

const app = createApp();

export default {
  fetch: (request, env) => app.fetch(request, objectServices(env)),
} satisfies ExportedHandler<Cloudflare.Env>;
