import { quickLogKinds } from '../../shared/model/kinds.ts';
import { clipActions as allClips, type ClipAction } from '../clip/actions.ts';
import type { PaletteAction } from '../features/palette/choices.ts';
import { kindKeys } from '../features/quick-log/kind-keys.ts';
import type { LogContext, QuickLog } from '../features/quick-log/model.ts';
import { isolate } from '../ui/isolate.ts';
import { syncSentence } from '../ui/sync-words.ts';
import type { Translator } from '../ui/translate.ts';
import { GMAIL_URL, openDashboard, openShortcuts, openWeb } from './open.ts';
import type { Page } from './page.ts';

/** What can be done from any page of the extension. */
export function commonActions(
  { t, send, now }: Pick<Page, 't' | 'send' | 'now'>,
  quickLog: QuickLog,
): readonly PaletteAction[] {
  const sync = async (): Promise<void> => {
    const answer = await send('sync.now', {});
    if (answer.ok) quickLog.announce(syncSentence(t, answer.value, now()), null);
    else quickLog.report(answer.error);
  };
  return [
    { id: 'open-gmail', label: t.text('openGmail'), run: () => void openWeb(GMAIL_URL) },
    { id: 'sync-now', label: t.text('syncNow'), run: () => void sync() },
    { id: 'settings', label: t.text('settings'), run: () => void openDashboard() },
    { id: 'shortcuts', label: t.text('keysChange'), run: () => void openShortcuts() },
  ];
}

/** One click's worth of each kind, with the client it goes to. */
export const logActions = (
  t: Translator,
  quickLog: QuickLog,
  context: LogContext,
  hasKeys = false,
): readonly PaletteAction[] =>
  quickLogKinds.map((kind) => ({
    id: `log-${kind}`,
    label: t.text('logFor', { log: t.text(`log_${kind}`), client: isolate(context.clientName) }),
    key: hasKeys ? kindKeys[kind].toUpperCase() : undefined,
    run: () => void quickLog.log(kind, context),
  }));

/** What the context menu has as well: something of the page in front goes to a client. */
export const clipActions = (
  t: Translator,
  open: (action: ClipAction) => void,
): readonly PaletteAction[] =>
  allClips.map((action) => ({
    id: `clip-${action}`,
    label: t.text(`clip_${action}`),
    run: () => open(action),
  }));
