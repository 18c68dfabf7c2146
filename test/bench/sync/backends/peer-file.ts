import { inRoot } from '../../../support/paths.ts';

/** Code on packages that are only there once the peer has been installed: nobody else's business. */
export const peerFile = (path: string): string => inRoot(`test/bench/sync/peers/${path}`);
