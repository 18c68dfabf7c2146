import { Bidi } from '../../ui/Bidi.tsx';
import { isolate } from '../../ui/isolate.ts';
import type { Translator } from '../../ui/translate.ts';
import type { DeviceLine, MemberLine, People } from '../../sync/membership/people.ts';
import { Confirm } from './Confirm.tsx';
import { EditableName } from './EditableName.tsx';
import type { SyncModel } from './model.ts';

interface Props {
  readonly t: Translator;
  readonly model: SyncModel;
  readonly people: People;
  readonly now: () => number;
  readonly isBusy: boolean;
}

const ROLES = ['owner', 'editor', 'viewer'] as const;

/** Who can read this workspace, on which devices, and how to end that. */
export function MembersList({ t, model, people, now, isBusy }: Props) {
  const isOwner = people.me.role === 'owner';
  return (
    <ul class="stack" data-part="members">
      {people.members.map((member) => (
        <li key={member.id} class="stack" data-part="member">
          <MemberHead t={t} model={model} member={member} isOwner={isOwner} isBusy={isBusy} />
          <ul class="stack" data-part="devices">
            {member.devices.map((device) => (
              <DeviceItem
                key={device.id}
                t={t}
                model={model}
                device={device}
                mayRemove={isOwner || member.isMe}
                nowMs={now()}
                isBusy={isBusy}
              />
            ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}

interface HeadProps {
  readonly t: Translator;
  readonly model: SyncModel;
  readonly member: MemberLine;
  readonly isOwner: boolean;
  readonly isBusy: boolean;
}

function MemberHead({ t, model, member, isOwner, isBusy }: HeadProps) {
  const name = member.name === null || member.name === '' ? t.text('memberNoName') : member.name;
  return (
    <div class="row">
      <strong class="grow">
        {isOwner || member.isMe ? (
          <EditableName
            t={t}
            shown={name}
            name={member.name ?? ''}
            part="member"
            isBusy={isBusy}
            onRename={(typed) =>
              void model.attempt((membership) => membership.rename('member', member.id, typed))
            }
          />
        ) : (
          <Bidi text={name} />
        )}
        {member.isMe && <span class="hint"> · {t.text('memberMe')}</span>}
      </strong>
      {isOwner && !member.isMe ? (
        <select
          class="m-select"
          data-field="role"
          aria-label={t.text('roleOf', { person: isolate(name) })}
          value={member.role}
          disabled={isBusy}
          onChange={(event) => {
            const role = ROLES.find((each) => each === event.currentTarget.value);
            if (role) void model.attempt((membership) => membership.setRole(member.id, role));
          }}
        >
          {ROLES.map((role) => (
            <option key={role} value={role}>
              {t.text(`memberRole_${role}`)}
            </option>
          ))}
        </select>
      ) : (
        <span class="hint">{t.text(`memberRole_${member.role}`)}</span>
      )}
      {isOwner && !member.isMe && (
        <Confirm
          t={t}
          action="remove-member"
          label={t.text('removeMember')}
          help={t.text('removeHelp')}
          isBusy={isBusy}
          onConfirm={() => void model.attempt((membership) => membership.removeMember(member.id))}
        />
      )}
    </div>
  );
}

interface DeviceProps {
  readonly t: Translator;
  readonly model: SyncModel;
  readonly device: DeviceLine;
  readonly mayRemove: boolean;
  readonly nowMs: number;
  readonly isBusy: boolean;
}

function DeviceItem({ t, model, device, mayRemove, nowMs, isBusy }: DeviceProps) {
  const { id, kind, isThis, seenAt } = device;
  const name = kind === 'recovery' ? t.text('recoveryDevice') : (device.name ?? id);
  return (
    <li class="row" data-part="device" data-device={id}>
      <span class="grow">
        {mayRemove && kind === 'device' ? (
          <EditableName
            t={t}
            shown={name}
            name={device.name ?? ''}
            part="device"
            isBusy={isBusy}
            onRename={(typed) =>
              void model.attempt((membership) => membership.rename('device', id, typed))
            }
          />
        ) : (
          <Bidi text={name} />
        )}
        <span class="hint" title={seenAt === null ? '' : t.exact(seenAt)}>
          {isThis && ` · ${t.text('thisDevice')}`}
          {!isThis && seenAt !== null && ` · ${seenWords(t, nowMs - seenAt)}`}
        </span>
      </span>
      {mayRemove && !isThis && (
        <Confirm
          t={t}
          action="remove-device"
          label={t.text('removeDevice')}
          help={t.text(kind === 'recovery' ? 'removeWordsHelp' : 'removeHelp')}
          isBusy={isBusy}
          onConfirm={() => void model.attempt((membership) => membership.removeDevice(id))}
        />
      )}
    </li>
  );
}

const MS_PER_HOUR = 3_600_000;
const HOURS_PER_DAY = 24;

/** The worker keeps the hour only: "last seen this hour", "last seen 3 days ago". */
function seenWords(t: Translator, elapsedMs: number): string {
  const hours = Math.max(0, Math.floor(elapsedMs / MS_PER_HOUR));
  const days = Math.floor(hours / HOURS_PER_DAY);
  const when = days > 0 ? t.relative(-days, 'day') : t.relative(-hours, 'hour');
  return t.text('deviceSeen', { when });
}
