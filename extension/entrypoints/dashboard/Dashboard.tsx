import { useEffect, useMemo, useState } from 'preact/hooks';
import { browser } from 'wxt/browser';
import { readDropped } from '../../db/dropped.ts';
import { BackupSection } from '../../features/backup/BackupSection.tsx';
import type { BackupMessages } from '../../features/backup/messages.ts';
import { createBackupModel } from '../../features/backup/model.ts';
import { DroppedRows } from '../../features/history/DroppedRows.tsx';
import { HistorySection } from '../../features/history/HistorySection.tsx';
import { createHistoryModel } from '../../features/history/model.ts';
import { HealthView } from '../../features/page-health/HealthView.tsx';
import type { QuickLogMessages } from '../../features/quick-log/messages.ts';
import { createQuickLog } from '../../features/quick-log/model.ts';
import { ToastView } from '../../features/quick-log/ToastView.tsx';
import { SitesView } from '../../features/sites/SitesView.tsx';
import type { SettingsMessages } from '../../features/settings/messages.ts';
import { createSettingsModel } from '../../features/settings/model.ts';
import { SettingsView } from '../../features/settings/SettingsView.tsx';
import type { SyncMessages } from '../../features/sync/messages.ts';
import { SyncSection } from '../../features/sync/SyncSection.tsx';
import type { TimeMessages } from '../../features/time/messages.ts';
import { createSyncModel, type SyncModel } from '../../features/sync/model.ts';
import { restoredFields } from '../../features/sync/restored-fields.ts';
import { TimeSettings } from './TimeSettings.tsx';
import { createSend } from '../../messaging/send.ts';
import { drawPart } from '../../page/draw-part.ts';
import { readHash, type Shown } from '../../page/client-hash.ts';
import { pageMembership } from '../../page/page-membership.ts';
import type { StoredPage } from '../../page/start-page.ts';
import { saveFile } from '../../page/save-file.ts';
import { Problem } from '../../ui/Problem.tsx';
import { useValue } from '../../ui/use-value.ts';
import { ClientSection } from './ClientSection.tsx';

/** One client, or settings and sync. The rest of the dashboard comes beside them as sections. */
export function Dashboard({ page }: { readonly page: StoredPage }) {
  const { db, t, now } = page;
  const shown = useHash();
  const settings = useMemo(() => createSettingsModel(db), [db]);
  const settingsSend = useMemo(() => createSend<SettingsMessages>(browser.runtime), []);
  const timeSend = useMemo(() => createSend<TimeMessages>(browser.runtime), []);
  const sync = useMemo(() => {
    const send = createSend<SyncMessages>(browser.runtime);
    return createSyncModel({
      send,
      events: browser.runtime.onMessage,
      membershipFor: (onChanged) => pageMembership(db, send, onChanged),
    });
  }, [db]);
  const toasts = useMemo(
    () =>
      createQuickLog({
        send: createSend<QuickLogMessages>(browser.runtime),
        undoneWords: t.text('undone'),
        savedWords: t.text('saved'),
        onChanged: () => undefined,
      }),
    [t],
  );
  const backup = useMemo(
    () =>
      createBackupModel({
        db,
        send: createSend<BackupMessages>(browser.runtime),
        now,
        randomBytes,
      }),
    [db, now],
  );
  const history = useMemo(
    () => createHistoryModel({ db, send: page.send, restoredFields }),
    [db, page.send],
  );
  const { search, countDropped, bringBackDropped } = useMemo(() => rowAccess(page), [page]);
  const status = useValue(sync.status);
  const readVersions = useMemo(
    () =>
      status?.workspace
        ? (row: VersionsOf) => sync.attempt((member) => member.versions(row))
        : null,
    [sync, status?.workspace?.id],
  );
  if (page.storageProblem) {
    return (
      <main class="dashboard">
        <Problem title={t.text('errorTitle')} body={t.text(`error_${page.storageProblem}`)} />
      </main>
    );
  }
  if (shown) return <ClientSection page={page} shown={shown} />;
  return (
    <main class="dashboard">
      <h1>Mainstay</h1>
      <SyncSection t={t} model={sync} now={now} />
      <BackupSection t={t} model={backup} now={now} save={saveFile} />
      <HistorySection
        t={t}
        model={history}
        now={now}
        search={search}
        readVersions={readVersions}
        announce={toasts.announce}
      />
      <DroppedRows t={t} count={countDropped} bringBack={bringBackDropped} />
      <SettingsView t={t} model={settings} send={settingsSend} toasts={toasts} />
      <TimeSettings t={t} model={settings} send={timeSend} toasts={toasts} />
      <SitesView t={t} browser={browser} />
      <HealthView t={t} area={browser.storage.local} />
      <ToastView t={t} quickLog={toasts} now={now} drawPart={drawPart} />
    </main>
  );
}

type VersionsOf = Parameters<SyncModel['membership']['versions']>[0];

const randomBytes = (length: number): Uint8Array<ArrayBuffer> =>
  crypto.getRandomValues(new Uint8Array(length));

/** What the sections look up beside their own models. */
const rowAccess = ({ db, send }: StoredPage) => ({
  search: async (text: string) => {
    if (text.trim() === '') return [];
    const answer = await send('client.search', { text });
    return answer.ok ? answer.value : [];
  },
  countDropped: async () => (await readDropped(db)).length,
  bringBackDropped: async () => {
    await send('history.bringBack', {});
  },
});

/** What the address asks for; the address bar and links change it without a reload. */
function useHash(): Shown | null {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const read = (): void => setHash(location.hash);
    window.addEventListener('hashchange', read);
    return () => window.removeEventListener('hashchange', read);
  }, []);
  return useMemo(() => readHash(hash), [hash]);
}
