import { useEffect } from 'preact/hooks';
import { membersOf } from '../../../shared/model/values.ts';
import { tierCadences } from '../../../shared/model/settings.ts';
import { tiers, type Tier } from '../../../shared/model/client-words.ts';
import { languages } from '../../locales/load.ts';
import type { Answer, Failure } from '../../messaging/messages.ts';
import type { Send } from '../../messaging/send.ts';
import { Bidi } from '../../ui/Bidi.tsx';
import type { Translator } from '../../ui/translate.ts';
import type { SettingsMessages } from './messages.ts';
import type { SettingsModel } from './model.ts';
import { NamesSection } from './NamesSection.tsx';
import { useValue } from '../../ui/use-value.ts';

/** What a change is announced through; each can be undone. */
export interface Announcer {
  readonly announce: (words: string, undoToken: string | null) => void;
  readonly report: (error: Failure) => void;
}

interface Props {
  readonly t: Translator;
  readonly model: SettingsModel;
  readonly send: Send<SettingsMessages>;
  readonly toasts: Announcer;
}

const LANGUAGE_NAMES: Readonly<Record<(typeof languages)[number], string>> = {
  en: 'English',
  he: 'עברית',
};

export function SettingsView({ t, model, send, toasts }: Props) {
  useEffect(() => void model.load(), [model]);
  const settings = useValue(model.settings);
  const names = useValue(model.names);
  const settle = async (answer: Answer<{ readonly undoToken: string }>): Promise<void> => {
    if (answer.ok) toasts.announce(t.text('saved'), answer.value.undoToken);
    else toasts.report(answer.error);
    await model.load();
  };
  const setLanguage = async (language: string): Promise<void> => {
    const answer = await send('settings.language', { language: language === '' ? null : language });
    if (answer.ok) window.location.reload();
    else toasts.report(answer.error);
  };
  const never = [...membersOf(settings?.neverAddresses), ...membersOf(settings?.neverDomains)];
  return (
    <>
      <section id="settings">
        <h2>{t.text('settingsTitle')}</h2>
        <label>
          <span>{t.text('language')}</span>
          <select
            class="m-select"
            data-field="language"
            value={settings?.language ?? ''}
            onChange={(event) => void setLanguage(event.currentTarget.value)}
          >
            <option value="">{t.text('languageAuto')}</option>
            {languages.map((code) => (
              <option key={code} value={code} lang={code}>
                {LANGUAGE_NAMES[code]}
              </option>
            ))}
          </select>
        </label>
        <h3>{t.text('cadenceTitle')}</h3>
        <p class="hint">{t.text('cadenceHelp')}</p>
        {tiers.map((tier) => (
          <CadenceRow
            key={`${tier}-${tierCadences(settings)[tier].join('-')}`}
            t={t}
            tier={tier}
            cadence={tierCadences(settings)[tier]}
            onChange={(cadence) => void send('settings.cadence', { tier, cadence }).then(settle)}
          />
        ))}
      </section>
      <section>
        <h2>{t.text('neverTitle')}</h2>
        {never.length === 0 && <p class="hint">{t.text('neverEmpty')}</p>}
        <ul class="stack">
          {never.map((who) => (
            <li key={who} class="row">
              <span class="grow">
                <Bidi text={who} />
              </span>
              <button
                type="button"
                data-action="ask-again"
                aria-label={t.text('neverRemove', { who })}
                onClick={() => void send('settings.askAgain', { who }).then(settle)}
              >
                ×
              </button>
            </li>
          ))}
        </ul>
      </section>
      <NamesSection
        t={t}
        names={names}
        onForget={(key) => void send('settings.forgetName', { key }).then(settle)}
      />
    </>
  );
}

interface CadenceRowProps {
  readonly t: Translator;
  readonly tier: Tier;
  readonly cadence: readonly [number, number];
  readonly onChange: (cadence: readonly [number, number]) => void;
}

/** Saves when both numbers make sense together; until then the browser says what is wrong. */
function CadenceRow({ t, tier, cadence: [ideal, max], onChange }: CadenceRowProps) {
  const save = (event: Event): void => {
    const form = (event.currentTarget as HTMLInputElement).form;
    if (!form) return;
    const [first, second] = form.querySelectorAll('input');
    if (!first || !second) return;
    const next = [first.valueAsNumber, second.valueAsNumber] as const;
    const isSound = next[0] >= 1 && next[1] >= next[0];
    second.setCustomValidity(isSound ? '' : t.text('cadenceWrong'));
    if (isSound) onChange(next);
    else second.reportValidity();
  };
  return (
    <form class="cadence" onSubmit={(event) => event.preventDefault()}>
      <strong>{t.text('tier', { tier })}</strong>
      <label>
        <span>{t.text('cadenceIdeal')}</span>
        <input
          type="number"
          min={1}
          max={3650}
          data-field={`ideal-${tier}`}
          defaultValue={String(ideal)}
          onChange={save}
        />
      </label>
      <label>
        <span>{t.text('cadenceMax')}</span>
        <input
          type="number"
          min={1}
          max={3650}
          data-field={`max-${tier}`}
          defaultValue={String(max)}
          onChange={save}
        />
      </label>
    </form>
  );
}
