import { useEffect, useState } from 'preact/hooks';
import { browser } from 'wxt/browser';
import type { SettingsModel } from '../../features/settings/model.ts';
import type { Announcer } from '../../features/settings/SettingsView.tsx';
import type { TimeMessages } from '../../features/time/messages.ts';
import type { Send } from '../../messaging/send.ts';
import type { Translator } from '../../ui/translate.ts';
import { useValue } from '../../ui/use-value.ts';

interface Props {
  readonly t: Translator;
  readonly model: SettingsModel;
  readonly send: Send<TimeMessages>;
  readonly toasts: Announcer;
}

const idle = (): { permissions: ['idle'] } => ({ permissions: ['idle'] });

/** Whether time is suggested, and whether the browser may say that the computer is idle. */
export function TimeSettings({ t, model, send, toasts }: Props) {
  const settings = useValue(model.settings);
  const [isIdleAllowed, setIdleAllowed] = useState(false);
  useEffect(() => void browser.permissions.contains(idle()).then(setIdleAllowed), []);
  const suggest = async (isOn: boolean): Promise<void> => {
    const answer = await send('time.setting', { isOn });
    if (answer.ok) toasts.announce(t.text('saved'), answer.value.undoToken);
    else toasts.report(answer.error);
    await model.load();
  };
  /** Asked for in the click itself: browsers refuse it later. */
  const allowIdle = (isOn: boolean): void => {
    const answer = isOn
      ? browser.permissions.request(idle())
      : browser.permissions.remove(idle()).then((isRemoved) => !isRemoved);
    void answer.then(setIdleAllowed);
  };
  return (
    <section id="time">
      <h2>{t.text('time')}</h2>
      <p class="hint">{t.text('timeSettingHelp')}</p>
      <label class="row">
        <input
          type="checkbox"
          data-field="suggest-time"
          checked={settings?.suggestTime !== false}
          onChange={(event) => void suggest(event.currentTarget.checked)}
        />
        {t.text('timeSetting')}
      </label>
      <label class="row">
        <input
          type="checkbox"
          data-field="idle"
          checked={isIdleAllowed}
          onChange={(event) => allowIdle(event.currentTarget.checked)}
        />
        {t.text('timeIdle')}
      </label>
    </section>
  );
}
