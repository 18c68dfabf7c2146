import * as v from 'valibot';
import { textSchema } from '../../../shared/model/values.ts';
import { ok, type Answer } from '../../messaging/messages.ts';
import { internal, open, type Handlers } from '../../messaging/receive.ts';
import type { SyncClient } from '../../sync/sync-client.ts';
import type { SyncAttempt, SyncMessages, SyncRefusal } from './messages.ts';

type Tried = { readonly ok: true } | { readonly ok: false; readonly error: SyncRefusal };

const nothing = v.strictObject({});
const secretSchema = v.pipe(v.string(), v.maxLength(200));
const nameSchema = v.pipe(textSchema, v.trim(), v.minLength(1), v.maxLength(60));

/** Keys and codes are for the extension's own pages only; a panel learns how sync stands, no more. */
export function syncHandlers({ sync }: { readonly sync: SyncClient }): Handlers<SyncMessages> {
  const attempt = async (tried: Tried | void): Promise<Answer<SyncAttempt>> =>
    ok({ status: await sync.status(), refusal: tried && !tried.ok ? tried.error : null });
  return {
    'sync.summary': open(nothing, async () => {
      sync.touch();
      const { state, lastSuccessAt, pending, problem } = await sync.status();
      return ok({ state, lastSuccessAt, pending, problem });
    }),
    'sync.status': internal(nothing, async () => {
      sync.touch();
      return ok(await sync.status());
    }),
    'sync.create': internal(
      v.strictObject({ workerUrl: textSchema, deviceName: nameSchema, secret: secretSchema }),
      async ({ secret, ...request }) =>
        attempt(await sync.createWorkspace({ ...request, ...(secret !== '' && { secret }) })),
    ),
    'sync.restore': internal(v.strictObject({ secret: secretSchema }), async ({ secret }) =>
      attempt(await sync.restoreWorkspace(secret === '' ? undefined : secret)),
    ),
    'sync.pair': internal(nothing, async () => attempt(await sync.startPairing())),
    'sync.confirm': internal(nothing, async () => attempt(await sync.confirmPairing())),
    'sync.cancel': internal(nothing, async () => attempt(await sync.cancelPairing())),
    'sync.join': internal(
      v.strictObject({ workerUrl: textSchema, code: textSchema, deviceName: nameSchema }),
      async (request) => attempt(await sync.joinWorkspace(request)),
    ),
    'sync.leave': internal(nothing, async () => attempt(await sync.leaveWorkspace())),
    'sync.now': internal(nothing, async () => {
      await sync.syncNow();
      return attempt();
    }),
    'sync.devices': internal(nothing, async () => {
      const devices = await sync.devices();
      return ok(
        devices.ok
          ? devices.value.map(({ id, name, isThis, seenAt }) => ({ id, name, isThis, seenAt }))
          : [],
      );
    }),
  };
}
