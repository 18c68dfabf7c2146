import { useState } from 'preact/hooks';
import { Bidi } from '../../ui/Bidi.tsx';
import { isolate } from '../../ui/isolate.ts';
import type { Translator } from '../../ui/translate.ts';
import { useValue } from '../../ui/use-value.ts';
import type { InvitationLine } from '../../sync/membership/invitations.ts';
import { Field } from './Field.tsx';
import type { SyncModel } from './model.ts';

interface Props {
  readonly t: Translator;
  readonly model: SyncModel;
  readonly isBusy: boolean;
}

const ROLES = ['editor', 'viewer', 'owner'] as const;

/** Other people come by a link; nobody is in before an owner has compared the six digits. */
export function Invitations({ t, model, isBusy }: Props) {
  const invitations = useValue(model.invitations);
  const [note, setNote] = useState('');
  const [role, setRole] = useState<(typeof ROLES)[number]>('editor');
  const invite = async (event: Event): Promise<void> => {
    event.preventDefault();
    const made = await model.attempt((membership) => membership.invite({ role, note }));
    if (made) setNote('');
  };
  return (
    <div class="stack" data-part="invitations">
      <h3>{t.text('inviteTitle')}</h3>
      <p class="hint">{t.text('inviteHelp')}</p>
      <form class="row" onSubmit={(event) => void invite(event)}>
        <Field
          label={t.text('inviteNote')}
          name="invite-note"
          value={note}
          onInput={setNote}
          dir="auto"
          maxLength={60}
        />
        <label>
          <span>{t.text('memberRole')}</span>
          <select
            data-field="invite-role"
            value={role}
            onChange={({ currentTarget: { value } }) =>
              setRole(ROLES.find((each) => each === value) ?? 'editor')
            }
          >
            {ROLES.map((each) => (
              <option key={each} value={each}>
                {t.text(`memberRole_${each}`)}
              </option>
            ))}
          </select>
        </label>
        <button type="submit" data-action="invite" disabled={isBusy}>
          {t.text('invite')}
        </button>
      </form>
      <ul class="stack">
        {invitations.map((line) => (
          <Invitation key={line.id} t={t} model={model} line={line} isBusy={isBusy} />
        ))}
      </ul>
    </div>
  );
}

function Invitation({ t, model, line, isBusy }: Props & { readonly line: InvitationLine }) {
  const { id, note, link, phase, check, problem } = line;
  const who = line.memberName ?? note ?? '';
  return (
    <li class="stack notice" data-part="invitation" data-phase={phase}>
      <div class="row">
        <strong class="grow">
          <Bidi text={who === '' ? t.text('memberNoName') : who} />
          {line.role && <span class="hint"> · {t.text(`memberRole_${line.role}`)}</span>}
        </strong>
        <button
          type="button"
          class="quiet"
          data-action="revoke-invitation"
          disabled={isBusy}
          onClick={() => void model.attempt((membership) => membership.revokeInvitation(id))}
        >
          {t.text(phase === 'waiting' ? 'revokeInvitation' : 'dismiss')}
        </button>
      </div>
      {phase === 'waiting' && link !== null && (
        <label>
          <span>{t.text('inviteLink', { when: t.exact(line.expiresAt) })}</span>
          <input
            type="text"
            dir="ltr"
            readOnly
            data-field="invite-link"
            value={link}
            onFocus={({ currentTarget }) => currentTarget.select()}
          />
        </label>
      )}
      {phase === 'elsewhere' && <p class="hint">{t.text('inviteElsewhere')}</p>}
      {phase === 'comparing' && check !== null && (
        <>
          <p>
            {t.text('inviteCheck', {
              person: isolate(who),
              device: isolate(line.deviceName ?? ''),
            })}
          </p>
          <div class="row">
            <output class="code" data-part="check-digits" aria-label={t.text('checkDigits')}>
              {check}
            </output>
            <button
              type="button"
              class="primary"
              data-action="approve-invitation"
              disabled={isBusy}
              onClick={() => void model.attempt((membership) => membership.approveInvitation(id))}
            >
              {t.text('approveInvitation')}
            </button>
          </div>
        </>
      )}
      {phase === 'done' && <p class="good">{t.text('inviteDone')}</p>}
      {problem !== null && <p class="late">{t.text(`sync_${problem}`)}</p>}
    </li>
  );
}
