import { isolate } from '../../ui/isolate.ts';
import type { UnknownProps } from './AddClient.tsx';
import type { Never } from './messages.ts';

/** Never again for this address (or name), or for everybody of the domain. */
export function NeverAsk({ t, suggestion, model, announce }: UnknownProps) {
  const { address, domain, seenAs } = suggestion;
  const who = address ?? suggestion.personName;
  const never = async (what: Never, who: string): Promise<void> => {
    const token = await model.never(what);
    if (token !== null) announce(t.text('neverSaved', { who: isolate(who) }), token);
  };
  return (
    <div class="stack">
      <button
        type="button"
        data-action="never-address"
        onClick={() => void never(seenAs ? { seenAs } : { address: who }, who)}
      >
        {t.text('neverAddress', { address: isolate(who) })}
      </button>
      {domain !== null && (
        <button
          type="button"
          data-action="never-domain"
          onClick={() => void never({ domain }, domain)}
        >
          {t.text('neverDomain', { domain: isolate(domain) })}
        </button>
      )}
    </div>
  );
}
