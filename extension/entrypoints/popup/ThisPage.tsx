import { useEffect, useState } from 'preact/hooks';
import { browser } from 'wxt/browser';
import { ClientSearch } from '../../features/client-card/ClientSearch.tsx';
import type { CardAnswer } from '../../features/client-card/messages.ts';
import { linkProfile } from '../../features/client-card/link-profile.ts';
import { ThisIs } from '../../features/client-card/ThisIs.tsx';
import { LogButtons } from '../../features/quick-log/LogButtons.tsx';
import type { QuickLog } from '../../features/quick-log/model.ts';
import { siteOf, type Site } from '../../features/sites/site-of.ts';
import { SiteSwitch } from '../../features/sites/SiteSwitch.tsx';
import { parseShownPage } from '../../messaging/shown-page.ts';
import { openClient } from '../../page/open.ts';
import type { Page } from '../../page/page.ts';
import { logContext } from '../../panel/log-context.ts';
import type { OpenThread } from '../../sites/snapshot.ts';
import { Bidi } from '../../ui/Bidi.tsx';

export interface ThisPageProps {
  readonly page: Page;
  readonly quickLog: QuickLog;
}

interface Behind {
  readonly tabId: number;
  readonly site: Site;
}

interface Seen {
  readonly thread: OpenThread;
  readonly answer: CardAnswer;
}

const LOOK = '/look.js';

/** The page behind the popup: one look at it now, or clients shown on its site from now on. */
export function ThisPage({ page, quickLog }: ThisPageProps) {
  const { t } = page;
  const [behind, setBehind] = useState<Behind | null>(null);
  const [seen, setSeen] = useState<Seen | 'nobody' | null>(null);
  useEffect(() => void pageBehind().then(setBehind), []);
  if (!behind) return null;
  const look = async (): Promise<void> => setSeen((await lookAt(page, behind.tabId)) ?? 'nobody');
  return (
    <section class="stack" data-part="this-page">
      {seen === null ? (
        <button type="button" data-action="look" onClick={() => void look()}>
          {t.text('siteLook')}
        </button>
      ) : seen === 'nobody' ? (
        <p class="hint" data-part="nobody-here">
          {t.text('siteNobody')}
        </p>
      ) : (
        <Found page={page} quickLog={quickLog} seen={seen} onChanged={() => void look()} />
      )}
      <SiteSwitch t={t} browser={browser} site={behind.site} />
    </section>
  );
}

interface FoundProps extends ThisPageProps {
  readonly seen: Seen;
  readonly onChanged: () => void;
}

function Found({ page: { t, send }, quickLog, seen: { thread, answer }, onChanged }: FoundProps) {
  if (answer.kind === 'known') {
    const { card } = answer;
    return (
      <div class="stack" data-part="here">
        <button type="button" class="link" onClick={() => void openClient(card.clientId)}>
          <Bidi text={card.name} />
        </button>
        <LogButtons
          t={t}
          hasKeys={false}
          onLog={(kind) => void quickLog.log(kind, logContext(card, thread))}
        />
      </div>
    );
  }
  if (answer.kind !== 'profile') return null;
  const link = linkProfile({ send, report: quickLog.report, onLinked: onChanged });
  if (answer.namesakes.length > 0) {
    return <ThisIs t={t} answer={answer} link={link} announce={quickLog.announce} />;
  }
  const { profile, personName } = answer;
  return (
    <div class="stack" data-part="this-is-at">
      <p class="hint">{t.text('thisIsAt', { name: personName || profile })}</p>
      <ClientSearch
        t={t}
        model={{
          search: async (text) => {
            const found = await send('client.search', { text });
            return found.ok ? found.value : [];
          },
        }}
        onPick={(clientId) => void link({ profile, clientId, personName: personName || profile })}
      />
    </div>
  );
}

/** The popup was opened by a click, which lets it know this one tab's address, and look into it. */
async function pageBehind(): Promise<Behind | null> {
  const [tab] = await browser.tabs.query({ active: true, currentWindow: true });
  const site = siteOf(tab?.url, browser.runtime.getManifest().host_permissions ?? []);
  return tab?.id === undefined || !site ? null : { tabId: tab.id, site };
}

async function lookAt({ send }: Page, tabId: number): Promise<Seen | null> {
  const shown = await lookOnce(tabId);
  if (shown.kind !== 'thread') return null;
  const { account, people, clues, personName } = shown.snapshot;
  const answer = await send('card.open', {
    account,
    people: people.map(({ address, name }) => ({ address, name })),
    source: null,
    clues,
    personName,
  });
  if (!answer.ok || (answer.value.kind !== 'known' && answer.value.kind !== 'profile')) return null;
  return { thread: shown.snapshot, answer: answer.value };
}

async function lookOnce(tabId: number): Promise<ReturnType<typeof parseShownPage>> {
  try {
    const [frame] = await browser.scripting.executeScript({ target: { tabId }, files: [LOOK] });
    return parseShownPage(frame?.result);
  } catch {
    // A page where the browser lets nobody in, such as its own settings.
    return { kind: 'none' };
  }
}
