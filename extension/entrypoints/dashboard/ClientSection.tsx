import { signal } from '../../ui/signal.ts';
import { useEffect } from 'preact/hooks';
import { ClientSearch } from '../../features/client-card/ClientSearch.tsx';
import { ToastView } from '../../features/quick-log/ToastView.tsx';
import { clientHash, type Shown } from '../../page/client-hash.ts';
import { openDraft } from '../../page/open-draft.ts';
import type { Page } from '../../page/page.ts';
import { useCard } from '../../page/use-card.ts';
import { Body } from '../../panel/Body.tsx';

interface Props {
  readonly page: Page;
  readonly shown: Shown;
}

const noCommand = signal(null);

/** The card of the client in the address, or the search when the address has only a text. */
export function ClientSection({ page: { t, now }, shown }: Props) {
  const { model, quickLog, promises, drawPart } = useCard(t);
  useEffect(() => {
    if (shown.kind === 'client') void model.pick(shown.clientId);
  }, [model, shown]);
  return (
    <main class="dashboard">
      <section class="card" data-part="client">
        {shown.kind === 'find' ? (
          <ClientSearch
            t={t}
            model={model}
            initialText={shown.text}
            onPick={(clientId) => {
              location.hash = clientHash(clientId);
            }}
          />
        ) : (
          <Body
            t={t}
            model={model}
            quickLog={quickLog}
            command={noCommand}
            onCommandDone={() => undefined}
            now={now}
            hasKeys={false}
            onReload={() => location.reload()}
            openDraft={(draft) => void openDraft(null, draft)}
            drawPart={drawPart}
            promises={promises}
            time={null}
          />
        )}
      </section>
      <ToastView t={t} quickLog={quickLog} now={now} drawPart={drawPart} />
    </main>
  );
}
