import { fail, succeed, type Outcome } from '../../../shared/protocol/outcome.ts';
import { newRevision } from '../follow-states.ts';
import { openSecrets, sealByDevice, sealByPassphrase, type SealedSecrets } from '../identity.ts';
import { keepLockKey } from '../lock.ts';
import { read, write } from '../store-keys.ts';
import { openDesk, type MembershipDeps } from './desk.ts';
import { PASSPHRASE_COST, passphraseToKey, SALT_BYTES } from './passphrase.ts';
import type { MembershipProblem } from './problem.ts';

type Done = Outcome<void, MembershipProblem>;

/** Whoever has a copy of the disk tries the short ones first. */
export const MIN_PASSPHRASE_CHARS = 8;
const MS_PER_MINUTE = 60_000;

/** Puts the keys under a passphrase, or under another one. The data itself stays readable here. */
export async function setLock(
  deps: MembershipDeps,
  { passphrase, idleMinutes }: { readonly passphrase: string; readonly idleMinutes: number },
): Promise<Done> {
  if (passphrase.length < MIN_PASSPHRASE_CHARS) return fail('passphrase-short');
  const salt = deps.randomBytes(SALT_BYTES);
  const lockKey = await passphraseToKey(passphrase, salt, PASSPHRASE_COST);
  const how = { salt, cost: PASSPHRASE_COST, idleMs: idleMinutes * MS_PER_MINUTE };
  const sealed = await sealAnew(deps, (secrets) =>
    sealByPassphrase(secrets, lockKey, how, deps.randomBytes),
  );
  if (!sealed.ok) return sealed;
  await keepLockKey(deps, lockKey);
  await deps.background.refresh();
  return sealed;
}

/** Back to a key that this browser keeps by itself. Only while unlocked. */
export async function removeLock(deps: MembershipDeps): Promise<Done> {
  const sealed = await sealAnew(deps, (secrets) => sealByDevice(secrets, deps.randomBytes));
  if (!sealed.ok) return sealed;
  await deps.secrets.clear();
  await deps.background.refresh();
  return sealed;
}

export async function unlock(deps: MembershipDeps, passphrase: string): Promise<Done> {
  const identity = await read(deps.store, 'sync-identity');
  if (!identity) return fail('not-a-member');
  const { secrets } = identity;
  if (secrets.kind === 'device') return succeed(undefined);
  const lockKey = await passphraseToKey(passphrase, secrets.salt, secrets.cost);
  if (!(await openSecrets(secrets, lockKey))) return fail('wrong-passphrase');
  await keepLockKey(deps, lockKey);
  await deps.background.refresh();
  return succeed(undefined);
}

const sealAnew = (
  deps: MembershipDeps,
  seal: (secrets: Parameters<typeof sealByDevice>[0]) => Promise<SealedSecrets>,
): Promise<Done> =>
  deps.exclusively(async () => {
    const desk = await openDesk(deps);
    if (!desk.ok) return desk;
    const { member, secrets } = desk.value;
    await write(deps.store, 'sync-identity', {
      ...member.identity,
      secrets: await seal(secrets),
      revision: newRevision(deps.randomBytes),
    });
    return succeed(undefined);
  });
