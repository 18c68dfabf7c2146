import { useState } from 'preact/hooks';
import type { DrawPart } from '../../panel/panel-tools.ts';
import { DrawnDetails } from '../../ui/Drawn.tsx';
import { isolate } from '../../ui/isolate.ts';
import type { Translator } from '../../ui/translate.ts';
import type { NamedSuggestion, NewClient, Suggestion } from './messages.ts';
import type { CardModel } from './model.ts';

export interface UnknownProps {
  readonly t: Translator;
  readonly suggestion: Suggestion | NamedSuggestion;
  readonly model: CardModel;
  /** Says what was done, and offers to take it back. */
  readonly announce: (words: string, undoToken: string | null) => void;
}

interface Props extends UnknownProps {
  readonly drawPart: DrawPart;
}

/** Someone unknown: add with one click, attach to a client, or never be asked again. */
export function AddClient({ drawPart, ...rest }: Props) {
  const { t, suggestion, model, announce } = rest;
  const { address, domain, seenAs } = suggestion;
  const who = address ?? suggestion.personName;
  const [clientName, setClientName] = useState(suggestion.clientName);
  const [personName, setPersonName] = useState(suggestion.personName);
  const [matchesDomain, setMatchesDomain] = useState(true);
  const add = async (event: Event): Promise<void> => {
    event.preventDefault();
    const client: NewClient = {
      clientName: clientName.trim() || suggestion.clientName,
      personName,
      address,
      seenAs,
      domain: matchesDomain ? domain : null,
    };
    const added = await model.addClient(client);
    if (added)
      announce(t.text('addedClient', { client: isolate(added.clientName) }), added.undoToken);
  };
  return (
    <div class="stack" data-part="add-client">
      <h2 class="card-name">
        {t.text('unknownTitle', { name: isolate(suggestion.personName || who) })}
      </h2>
      <form class="stack" onSubmit={(event) => void add(event)}>
        <label>
          <span>{t.text('fieldClient')}</span>
          <input
            data-field="client-name"
            dir="auto"
            value={clientName}
            maxLength={500}
            onInput={(event) => setClientName(event.currentTarget.value)}
          />
        </label>
        <label>
          <span>{t.text('fieldPerson')}</span>
          <input
            data-field="person-name"
            dir="auto"
            value={personName}
            maxLength={500}
            onInput={(event) => setPersonName(event.currentTarget.value)}
          />
        </label>
        <p class="hint clip" dir="auto" title={who}>
          {who}
        </p>
        {domain !== null && (
          <label class="row check">
            <input
              type="checkbox"
              checked={matchesDomain}
              onChange={(event) => setMatchesDomain(event.currentTarget.checked)}
            />
            <span>{t.text('matchDomain', { domain: isolate(domain) })}</span>
          </label>
        )}
        <button type="submit" class="primary" data-action="add-client">
          {t.text('addClient')}
        </button>
        <p class="hint">{t.text(seenAs ? 'nameOnlyHint' : 'addClientHint')}</p>
      </form>
      <DrawnDetails
        part="attach"
        summary={t.text('attach')}
        version={personName}
        draw={(place) => drawPart('attach', place, { ...rest, personName })}
      />
      <DrawnDetails
        part="never"
        summary={t.text('never')}
        draw={(place) => drawPart('never', place, rest)}
      />
    </div>
  );
}
