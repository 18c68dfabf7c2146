import * as v from 'valibot';
import { cadenceSchema } from '../../../shared/model/client.ts';
import { tiers } from '../../../shared/model/client-words.ts';
import { SETTINGS_ID } from '../../../shared/model/settings.ts';
import { textSchema } from '../../../shared/model/values.ts';
import type { Edit, Writer } from '../../db/writer.ts';
import { languages } from '../../locales/load.ts';
import { ok, type Answer } from '../../messaging/messages.ts';
import { internal, type Handlers } from '../../messaging/receive.ts';
import type { SettingsMessages } from './messages.ts';

export function settingsHandlers({
  writer,
}: {
  readonly writer: Writer;
}): Handlers<SettingsMessages> {
  async function edit(
    patch: Extract<Edit, { table: 'settings' }>['patch'],
  ): Promise<Answer<{ undoToken: string }>> {
    const { undoToken } = await writer.write([{ table: 'settings', id: SETTINGS_ID, patch }]);
    return ok({ undoToken });
  }
  return {
    'settings.language': internal(
      v.strictObject({ language: v.nullable(v.picklist(languages)) }),
      ({ language }) => edit({ language }),
    ),
    'settings.cadence': internal(
      v.strictObject({ tier: v.picklist(tiers), cadence: cadenceSchema }),
      ({ tier, cadence }) => edit({ [`cadence${tier}`]: cadence }),
    ),
    'settings.forgetName': internal(
      v.strictObject({ key: v.pipe(v.string(), v.maxLength(1000)) }),
      ({ key }) => edit({ nameAnswers: { [key]: false } }),
    ),
    'settings.askAgain': internal(v.strictObject({ who: textSchema }), ({ who }) =>
      edit(
        who.includes('@')
          ? { neverAddresses: { [who]: false } }
          : { neverDomains: { [who]: false } },
      ),
    ),
  };
}
