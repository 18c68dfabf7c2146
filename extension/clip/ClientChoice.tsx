import { ClientSearch } from '../features/client-card/ClientSearch.tsx';
import { Bidi } from '../ui/Bidi.tsx';
import type { Translator } from '../ui/translate.ts';
import { useValue } from '../ui/use-value.ts';
import type { ClipModel } from './clip-model.ts';

interface Props {
  readonly t: Translator;
  readonly model: ClipModel;
}

/** Whom it goes to, or the search for them. */
export function ClientChoice({ t, model }: Props) {
  const client = useValue(model.client);
  if (!client) {
    return <ClientSearch t={t} model={model} onPick={(clientId) => void model.pick(clientId)} />;
  }
  return (
    <p class="row" data-part="clip-client">
      <strong class="grow">
        <Bidi text={client.name} />
      </strong>
      <button type="button" data-action="other-client" onClick={model.unpick}>
        {t.text('clipOther')}
      </button>
    </p>
  );
}
