import { creationPolicyFrom, isOriginAllowed, logTo } from './config.ts';
import type { Services } from './services.ts';
import { socketRequest } from './socket-auth.ts';

/** The services of the deployed worker: Durable Objects by name. */
export function objectServices(env: Cloudflare.Env): Services {
  return {
    workspace: (id) => {
      const stub = env.WORKSPACES.get(env.WORKSPACES.idFromName(id));
      return {
        create: (chain) => stub.create(chain),
        status: (auth) => stub.status(auth),
        states: (auth, since) => stub.states(auth, since),
        putState: (auth, state, packages) => stub.putState(auth, state, packages),
        push: (auth, rows) => stub.push(auth, rows),
        pull: (auth, query) => stub.pull(auth, query),
        digest: (auth, query) => stub.digest(auth, query),
        versions: (auth, query) => stub.versions(auth, query),
        devices: (auth) => stub.devices(auth),
        mayPair: (auth) => stub.mayPair(auth),
        invite: (auth, invitation) => stub.invite(auth, invitation),
        invitations: (auth) => stub.invitations(auth),
        closeInvitation: (auth, slot) => stub.closeInvitation(auth, slot),
        setRecovery: (auth, recovery) => stub.setRecovery(auth, recovery),
        destroy: (auth) => stub.destroy(auth),
        connect: (auth) => stub.fetch(socketRequest(auth)),
      };
    },
    slot: (id) => {
      const stub = env.PAIRING_SLOTS.get(env.PAIRING_SLOTS.idFromName(id));
      return {
        open: (offer, lifetimeMs) => stub.open(offer, lifetimeMs),
        read: () => stub.read(),
        write: (part, sealed) => stub.write(part, sealed),
        close: () => stub.close(),
      };
    },
    pointer: (id) => {
      const stub = env.RECOVERY_POINTERS.get(env.RECOVERY_POINTERS.idFromName(id));
      return {
        set: (workspace, pointer) => stub.set(workspace, pointer),
        find: () => stub.find(),
        clear: (workspace) => stub.clear(workspace),
      };
    },
    creation: creationPolicyFrom(env),
    isOriginAllowed: isOriginAllowed(env),
    version: env.WORKER_VERSION ?? 'development',
    isAllowed: async (scope, from) => {
      const counter = scope === 'any' ? env.REQUESTS : env.BURSTS;
      if (!counter || env.RATE_LIMITS === 'off') return true;
      return (await counter.limit({ key: `${scope}:${from}` })).success;
    },
    log: logTo(env),
  };
}
