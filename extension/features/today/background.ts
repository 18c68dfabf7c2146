import * as v from 'valibot';
import { clientIdSchema } from '../../../shared/model/ids.ts';
import { daySchema } from '../../../shared/model/values.ts';
import type { MainstayDatabase } from '../../db/database.ts';
import { isLive } from '../../db/stored-row.ts';
import type { Edit, Writer } from '../../db/writer.ts';
import { failed, ok, type Answer } from '../../messaging/messages.ts';
import { open, type Handlers } from '../../messaging/receive.ts';
import type { TodayMessages } from './messages.ts';

export interface TodayDeps {
  readonly db: MainstayDatabase;
  readonly writer: Writer;
  readonly now: () => number;
}

export function todayHandlers({ db, writer, now }: TodayDeps): Handlers<TodayMessages> {
  async function edit(
    id: string,
    patch: Extract<Edit, { table: 'clients' }>['patch'],
  ): Promise<Answer<{ undoToken: string }>> {
    const client = await db.clients.get(id);
    if (!client || !isLive(client)) return failed('not-found');
    const { undoToken } = await writer.write([{ table: 'clients', id, patch }]);
    return ok({ undoToken });
  }
  return {
    'today.snooze': open(
      v.strictObject({ clientId: clientIdSchema, until: daySchema }),
      ({ clientId, until }) => edit(clientId, { snoozedUntil: until }),
    ),
    'today.skip': open(v.strictObject({ clientId: clientIdSchema }), ({ clientId }) =>
      edit(clientId, { skippedAt: now() }),
    ),
  };
}
