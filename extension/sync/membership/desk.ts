import { fail, succeed, type Outcome } from '../../../shared/protocol/outcome.ts';
import type { SyncDeps } from '../deps.ts';
import { openSecrets, type Secrets } from '../identity.ts';
import { readLockKey } from '../lock.ts';
import { openMember, type Member } from '../session.ts';
import { read } from '../store-keys.ts';
import { createDeskApi, type DeskApi } from './desk-api.ts';

/** How pages reach the background, which alone exchanges rows. */
export interface Background {
  /** The membership was changed, or unlocked. */
  refresh(): Promise<void>;
  /** Another membership is prepared. */
  adopt(): Promise<void>;
  /** This device's membership is over. */
  forget(): Promise<void>;
}

export interface MembershipDeps extends Omit<SyncDeps, 'openSocket'> {
  readonly background: Background;
}

/** This device's membership in the hands of a page. */
export interface Desk {
  readonly deps: MembershipDeps;
  readonly member: Member;
  readonly api: DeskApi;
  /** In the clear while the page needs it: to hand keys on is what it is for. */
  readonly secrets: Secrets;
}

export async function openDesk(
  deps: MembershipDeps,
): Promise<Outcome<Desk, 'not-a-member' | 'locked'>> {
  const identity = await read(deps.store, 'sync-identity');
  const pin = await read(deps.store, 'sync-pin');
  if (!identity || !pin) return fail('not-a-member');
  const { secrets: sealed, workerUrl, workspaceId } = identity;
  const lockKey = sealed.kind === 'passphrase' ? await readLockKey(deps, sealed.idleMs) : null;
  const member = await openMember(identity, pin, lockKey);
  const secrets = await openSecrets(sealed, lockKey);
  if (!member || !secrets) return fail('locked');
  const api = createDeskApi(deps, workerUrl, workspaceId, member.credentials);
  return succeed({ deps, member, api, secrets });
}
