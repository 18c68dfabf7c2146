import { useEffect, useState } from 'preact/hooks';
import { useValue } from '../ui/use-value.ts';
import { isolate } from '../ui/isolate.ts';
import { ClientChoice } from './ClientChoice.tsx';
import type { ClipFormProps } from './ClipView.tsx';

/** Name and address as they were guessed; to a client that is there, or as a new one. */
export function PersonForm({ t, model }: ClipFormProps) {
  const guessed = useValue(model.person);
  const client = useValue(model.client);
  const [name, setName] = useState('');
  const [address, setAddress] = useState('');
  const [clientName, setClientName] = useState('');
  const [matchesDomain, setMatchesDomain] = useState(true);
  useEffect(() => {
    if (!guessed) return;
    setName(guessed.name || guessed.suggestion?.personName || '');
    setAddress(guessed.address);
    setClientName(guessed.suggestion?.clientName ?? guessed.name);
  }, [guessed]);
  const domain = guessed?.suggestion?.domain ?? null;
  const isSameAddress = address.trim().toLowerCase() === guessed?.address;
  const save = (event: Event): void => {
    event.preventDefault();
    const person = { name: name.trim(), address: address.trim() };
    if (client) return void model.addPerson(person);
    void model.addClient({
      clientName: clientName.trim() || person.name || person.address,
      personName: person.name,
      address: person.address,
      domain: matchesDomain && isSameAddress ? domain : null,
    });
  };
  return (
    <form class="stack" data-part="clip-person" onSubmit={save}>
      <label>
        <span>{t.text('fieldPerson')}</span>
        <input
          data-field="person-name"
          dir="auto"
          maxLength={500}
          value={name}
          onInput={(event) => setName(event.currentTarget.value)}
        />
      </label>
      <label>
        <span>{t.text('fieldAddress')}</span>
        <input
          type="email"
          required
          data-field="person-address"
          dir="ltr"
          maxLength={254}
          value={address}
          onInput={(event) => setAddress(event.currentTarget.value)}
        />
      </label>
      <h3>{t.text('clipPersonOf')}</h3>
      <ClientChoice t={t} model={model} />
      {!client && (
        <>
          <label>
            <span>{t.text('clipNewClient')}</span>
            <input
              data-field="client-name"
              dir="auto"
              maxLength={500}
              value={clientName}
              onInput={(event) => setClientName(event.currentTarget.value)}
            />
          </label>
          {domain !== null && isSameAddress && (
            <label class="row check">
              <input
                type="checkbox"
                checked={matchesDomain}
                onChange={(event) => setMatchesDomain(event.currentTarget.checked)}
              />
              <span>{t.text('matchDomain', { domain: isolate(domain) })}</span>
            </label>
          )}
        </>
      )}
      <button type="submit" class="primary" data-action="save-person">
        {client ? t.text('clipAddTo', { client: isolate(client.name) }) : t.text('addClient')}
      </button>
    </form>
  );
}
