import type { Person, Snapshot } from '../snapshot.ts';
import type { OpenPage } from './site.ts';

/** A snapshot of a page that is no mailbox: what is not given is what such pages do not tell. */
export const snapshotOf = (
  { url }: OpenPage,
  told: Pick<Snapshot, 'host' | 'layout'> & Partial<Snapshot>,
): Snapshot => ({
  account: null,
  threadId: url.origin + url.pathname,
  threadUrl: placeOf(url),
  subject: '',
  lastMessage: null,
  people: [],
  confidence: 'high',
  via: {},
  ...told,
});

/** Without what follows the path: there stand searches, sessions and secrets. */
export const placeOf = ({ origin, pathname }: URL): string => origin + pathname;

export const mentioned = (addresses: readonly string[]): readonly Person[] =>
  addresses.map((address) => ({ address, name: '', role: 'mentioned' }));
