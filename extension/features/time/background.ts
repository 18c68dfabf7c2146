import * as v from 'valibot';
import { clientIdSchema, newId, type TimeEntryId } from '../../../shared/model/ids.ts';
import { minutesSchema } from '../../../shared/model/interaction.ts';
import { SETTINGS_ID } from '../../../shared/model/settings.ts';
import { daySchema } from '../../../shared/model/values.ts';
import { dayFromNumber, dayNumberOf, toDay } from '../../../shared/rules/days.ts';
import { endFocus, nextFocus, type FocusSign } from '../../../shared/rules/focus.ts';
import type { MainstayDatabase } from '../../db/database.ts';
import {
  keepFocus,
  minutesToSuggest,
  suggestedEntryId,
  timeSuggestions,
} from '../../db/focus-time.ts';
import { isLive } from '../../db/stored-row.ts';
import type { Writer } from '../../db/writer.ts';
import { failed, ok } from '../../messaging/messages.ts';
import { internal, open, type Handlers } from '../../messaging/receive.ts';
import type { TimeMessages } from './messages.ts';

export interface TimeDeps {
  readonly db: MainstayDatabase;
  readonly writer: Writer;
  readonly now: () => number;
  readonly randomBytes: (length: number) => Uint8Array;
}

/** Before this hour today is not over, and the popup suggests only the days before. */
const DAY_ENDS_AT_HOUR = 16;

export function timeHandlers({ db, writer, now, randomBytes }: TimeDeps): Handlers<TimeMessages> {
  return {
    'time.here': open(
      v.strictObject({ clientId: v.nullable(clientIdSchema) }),
      async ({ clientId }, { tabId }) => {
        const settings = await db.settings.get(SETTINGS_ID);
        if (settings?.suggestTime === false) return ok({ minutes: 0 });
        const day = toDay(now());
        const sign: FocusSign = { clientId, tabId };
        await keepFocus(db, day, (span) => nextFocus(span, sign, now()));
        return ok({ minutes: clientId === null ? 0 : await minutesToSuggest(db, clientId, day) });
      },
    ),

    'time.record': open(
      v.strictObject({
        clientId: clientIdSchema,
        day: v.nullable(daySchema),
        minutes: minutesSchema,
      }),
      async ({ clientId, day, minutes }) => {
        const client = await db.clients.get(clientId);
        if (!client || !isLive(client)) return failed('not-found');
        const onDay = day ?? toDay(now());
        // One suggestion a day and client: a second click corrects the first.
        const known = await suggestedEntryId(db, clientId, onDay);
        const id = known ?? newId<TimeEntryId>(randomBytes, clientId);
        const patch = known
          ? { minutes }
          : { clientId, day: onDay, minutes, from: 'suggested' as const, createdAt: now() };
        const { undoToken } = await writer.write([{ table: 'timeEntries', id, patch }]);
        return ok({ undoToken });
      },
    ),

    'time.suggestions': internal(v.strictObject({}), async () => {
      const isDayOver = new Date(now()).getHours() >= DAY_ENDS_AT_HOUR;
      const today = dayNumberOf(toDay(now()));
      return ok(await timeSuggestions(db, dayFromNumber(isDayOver ? today : today - 1)));
    }),

    'time.setting': internal(v.strictObject({ isOn: v.boolean() }), async ({ isOn }) => {
      const { undoToken } = await writer.write([
        { table: 'settings', id: SETTINGS_ID, patch: { suggestTime: isOn } },
      ]);
      return ok({ undoToken });
    }),
  };
}

/** What the browser says of the computer, where the user has allowed it to be asked. */
export async function noteIdle(
  db: MainstayDatabase,
  idleMs: number,
  now: () => number,
): Promise<void> {
  await keepFocus(db, toDay(now()), (span) => ({
    span: null,
    creditMs: endFocus(span, idleMs, now()),
  }));
}
