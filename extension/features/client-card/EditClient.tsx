import type { ComponentChildren } from 'preact';
import { clientStatuses, lifecycleStages, tiers } from '../../../shared/model/client-words.ts';
import { interestChange } from '../../../shared/model/interests.ts';
import type { Translator } from '../../ui/translate.ts';
import type { Card, ClientEdit } from './messages.ts';

export interface EditProps {
  readonly t: Translator;
  readonly card: Card;
  readonly onSave: (change: ClientEdit) => void;
}

/** Name, tier, stage, status, interests and the agreed rhythm. An empty rhythm takes the tier's. */
export function EditClient({ t, card, onSave }: EditProps) {
  const { name, tier, stage, status, cadence } = card;
  const save = (event: SubmitEvent): void => {
    event.preventDefault();
    if (event.currentTarget instanceof HTMLFormElement) {
      onSave(changeOf(new FormData(event.currentTarget), card));
    }
  };
  // The client's own days are filled in, the tier's are only suggested.
  const days = (name: 'ideal' | 'max', value: number) => (
    <Labelled label={t.text(name === 'ideal' ? 'cadenceIdeal' : 'cadenceMax')}>
      <input
        type="number"
        name={name}
        min={1}
        max={3650}
        placeholder={String(value)}
        defaultValue={card.hasOwnCadence ? String(value) : ''}
      />
    </Labelled>
  );
  return (
    <form
      // Another one when what it shows has changed elsewhere.
      key={JSON.stringify([name, tier, stage, status, cadence, card.interests])}
      class="stack"
      data-part="edit-client"
      onSubmit={save}
    >
      <Labelled label={t.text('fieldClient')}>
        <input name="name" dir="auto" required maxLength={500} defaultValue={name} />
      </Labelled>
      <div class="row">
        <Labelled label={t.text('tierLabel')}>
          <select name="tier">
            {tiers.map((tier) => (
              <option key={tier} selected={tier === card.tier}>
                {tier}
              </option>
            ))}
          </select>
        </Labelled>
        <Labelled label={t.text('stageLabel')}>
          <select name="stage">
            <option value="">–</option>
            {lifecycleStages.map((stage) => (
              <option key={stage} value={stage} selected={stage === card.stage}>
                {t.text(`stage_${stage}`)}
              </option>
            ))}
          </select>
        </Labelled>
        <Labelled label={t.text('statusLabel')}>
          <select name="status">
            {clientStatuses.map((status) => (
              <option key={status} value={status} selected={status === card.status}>
                {t.text(`status_${status}`)}
              </option>
            ))}
          </select>
        </Labelled>
      </div>
      <Labelled label={t.text('interests')}>
        <input
          name="interests"
          data-field="interests"
          dir="auto"
          maxLength={2000}
          placeholder={t.text('interestsHint')}
          defaultValue={card.interests.join(', ')}
        />
      </Labelled>
      <div class="row">
        {days('ideal', card.cadence[0])}
        {days('max', card.cadence[1])}
        <button type="submit" class="primary" data-action="save-client">
          {t.text('save')}
        </button>
      </div>
    </form>
  );
}

function Labelled(props: { readonly label: string; readonly children: ComponentChildren }) {
  return (
    <label class="grow">
      <span>{props.label}</span>
      {props.children}
    </label>
  );
}

function changeOf(form: FormData, card: Card): ClientEdit {
  const chosen = <Value extends string>(name: string, values: readonly Value[]) =>
    values.find((value) => value === form.get(name));
  const days = [Number(form.get('ideal')), Number(form.get('max'))] as const;
  const [name, interests] = [form.get('name'), form.get('interests')];
  return {
    clientId: card.clientId,
    name: (typeof name === 'string' && name.trim()) || card.name,
    tier: chosen('tier', tiers) ?? card.tier,
    stage: chosen('stage', lifecycleStages) ?? null,
    status: chosen('status', clientStatuses) ?? card.status,
    interests: interestChange(card.interests, typeof interests === 'string' ? interests : ''),
    // The larger of the two is the maximum, whichever field it was written into.
    cadence: days[0] && days[1] ? [Math.min(...days), Math.max(...days)] : null,
  };
}
