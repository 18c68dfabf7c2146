import { clientStatuses, lifecycleStages, tiers } from '../../../shared/model/client-words.ts';
import type { TextKey, Translator } from '../../ui/translate.ts';
import type { Card, ClientEdit } from './messages.ts';

interface Props {
  readonly t: Translator;
  readonly card: Card;
  readonly onSave: (change: ClientEdit) => void;
}

/** Name, tier, stage, status and the agreed rhythm. An empty rhythm takes the tier's. */
export function EditClient({ t, card, onSave }: Props) {
  const [ideal, max] = card.cadence;
  const save = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!(event.currentTarget instanceof HTMLFormElement)) return;
    const form = new FormData(event.currentTarget);
    const text = (name: string): string => {
      const value = form.get(name);
      return typeof value === 'string' ? value : '';
    };
    const days = [Number(text('ideal')), Number(text('max'))] as const;
    onSave({
      clientId: card.clientId,
      name: text('name').trim() || card.name,
      tier: tiers.find((tier) => tier === text('tier')) ?? card.tier,
      stage: lifecycleStages.find((stage) => stage === text('stage')) ?? null,
      status: clientStatuses.find((status) => status === text('status')) ?? card.status,
      // The larger of the two is the maximum, whichever field it was written into.
      cadence: days[0] && days[1] ? [Math.min(...days), Math.max(...days)] : null,
    });
  };
  return (
    <form class="stack" data-part="edit-client" onSubmit={save}>
      <label>
        <span>{t.text('fieldClient')}</span>
        <input name="name" dir="auto" required maxLength={500} defaultValue={card.name} />
      </label>
      <div class="row">
        <Choice t={t} name="tier" label="tierLabel" values={tiers} chosen={card.tier} />
        <Choice
          t={t}
          name="stage"
          label="stageLabel"
          values={['', ...lifecycleStages]}
          chosen={card.stage ?? ''}
          words={(stage) => (stage === '' ? '–' : t.text(`stage_${stage}`))}
        />
        <Choice
          t={t}
          name="status"
          label="statusLabel"
          values={clientStatuses}
          chosen={card.status}
          words={(status) => t.text(`status_${status}`)}
        />
      </div>
      <div class="row">
        <Days t={t} name="ideal" label="cadenceIdeal" own={card.hasOwnCadence} days={ideal} />
        <Days t={t} name="max" label="cadenceMax" own={card.hasOwnCadence} days={max} />
        <button type="submit" class="primary" data-action="save-client">
          {t.text('save')}
        </button>
      </div>
    </form>
  );
}

interface ChoiceProps<Value extends string> {
  readonly t: Translator;
  readonly name: string;
  readonly label: TextKey;
  readonly values: readonly Value[];
  readonly chosen: Value;
  readonly words?: (value: Value) => string;
}

function Choice<Value extends string>(props: ChoiceProps<Value>) {
  const { t, name, label, values, chosen, words = String } = props;
  return (
    <label class="grow">
      <span>{t.text(label)}</span>
      <select name={name}>
        {values.map((value) => (
          <option key={value} value={value} selected={value === chosen}>
            {words(value)}
          </option>
        ))}
      </select>
    </label>
  );
}

interface DaysProps {
  readonly t: Translator;
  readonly name: string;
  readonly label: TextKey;
  /** The client's own days are filled in, the tier's are only suggested. */
  readonly own: boolean;
  readonly days: number;
}

function Days({ t, name, label, own, days }: DaysProps) {
  return (
    <label class="grow">
      <span>{t.text(label)}</span>
      <input
        type="number"
        name={name}
        min={1}
        max={3650}
        placeholder={String(days)}
        defaultValue={own ? String(days) : ''}
      />
    </label>
  );
}
