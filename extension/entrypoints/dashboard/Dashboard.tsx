import { useMemo } from 'preact/hooks';
import { browser } from 'wxt/browser';
import type { QuickLogMessages } from '../../features/quick-log/messages.ts';
import { createQuickLog } from '../../features/quick-log/model.ts';
import { ToastView } from '../../features/quick-log/ToastView.tsx';
import type { SettingsMessages } from '../../features/settings/messages.ts';
import { createSettingsModel } from '../../features/settings/model.ts';
import { SettingsView } from '../../features/settings/SettingsView.tsx';
import type { SyncMessages } from '../../features/sync/messages.ts';
import { SyncSection } from '../../features/sync/SyncSection.tsx';
import type { TimeMessages } from '../../features/time/messages.ts';
import { createSyncModel } from '../../features/sync/model.ts';
import { TimeSettings } from './TimeSettings.tsx';
import { createSend } from '../../messaging/send.ts';
import type { StoredPage } from '../../page/start-page.ts';
import { Problem } from '../../ui/Problem.tsx';

/** Settings and sync. The rest of the dashboard comes beside them as sections. */
export function Dashboard({ page }: { readonly page: StoredPage }) {
  const { db, t, now } = page;
  const settings = useMemo(() => createSettingsModel(db), [db]);
  const settingsSend = useMemo(() => createSend<SettingsMessages>(browser.runtime), []);
  const timeSend = useMemo(() => createSend<TimeMessages>(browser.runtime), []);
  const sync = useMemo(
    () =>
      createSyncModel({
        send: createSend<SyncMessages>(browser.runtime),
        events: browser.runtime.onMessage,
      }),
    [],
  );
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
  if (page.storageProblem) {
    return (
      <main class="dashboard">
        <Problem title={t.text('errorTitle')} body={t.text(`error_${page.storageProblem}`)} />
      </main>
    );
  }
  return (
    <main class="dashboard">
      <h1>Mainstay</h1>
      <SyncSection t={t} model={sync} now={now} />
      <SettingsView t={t} model={settings} send={settingsSend} toasts={toasts} />
      <TimeSettings t={t} model={settings} send={timeSend} toasts={toasts} />
      <ToastView t={t} quickLog={toasts} now={now} />
    </main>
  );
}
