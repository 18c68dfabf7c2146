import { isolate } from '../../ui/isolate.ts';
import type { UnknownProps } from './AddClient.tsx';
import { ClientSearch } from './ClientSearch.tsx';

export interface AttachProps extends UnknownProps {
  /** As it stands in the form above. */
  readonly personName: string;
}

/** The person belongs to a client that is there already. */
export function AttachTo({ t, suggestion, personName, model, announce }: AttachProps) {
  const { address, seenAs } = suggestion;
  const attach = async (clientId: string): Promise<void> => {
    const added = await model.attach(clientId, { name: personName, address, seenAs });
    if (!added) return;
    const words = t.text('attachedContact', {
      person: isolate(personName || (address ?? suggestion.personName)),
      client: isolate(added.clientName),
    });
    announce(words, added.undoToken);
  };
  return <ClientSearch t={t} model={model} onPick={(clientId) => void attach(clientId)} />;
}
