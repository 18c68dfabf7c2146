import { creationPolicyFrom } from './config.ts';
import type { Services } from './services.ts';
import { socketRequest } from './socket.ts';

/** The services of the deployed worker: Durable Objects by name. */
export function objectServices(env: Cloudflare.Env): Services {
  return {
    workspace: (id) => {
      const stub = env.WORKSPACES.get(env.WORKSPACES.idFromName(id));
      return {
        create: (request) => stub.create(request),
        state: (auth) => stub.state(auth),
        push: (auth, rows) => stub.push(auth, rows),
        pull: (auth, query) => stub.pull(auth, query),
        devices: (auth) => stub.devices(auth),
        register: (auth, device) => stub.register(auth, device),
        remove: (auth, device) => stub.remove(auth, device),
        connect: (auth) => stub.fetch(socketRequest(auth)),
      };
    },
    slot: (id) => {
      const stub = env.PAIRING_SLOTS.get(env.PAIRING_SLOTS.idFromName(id));
      return {
        open: (offer) => stub.open(offer),
        read: () => stub.read(),
        write: (part, sealed) => stub.write(part, sealed),
        close: () => stub.close(),
      };
    },
    creation: creationPolicyFrom(env),
    version: env.WORKER_VERSION ?? 'development',
    isAllowed: async (scope, from) =>
      env.BURSTS ? (await env.BURSTS.limit({ key: `${scope}:${from}` })).success : true,
    log: (entry) => {
      if (env.REQUEST_LOG === 'off') return;
      // oxlint-disable-next-line no-console -- the platform's log takes structured lines from here.
      console.log(JSON.stringify(entry));
    },
  };
}
