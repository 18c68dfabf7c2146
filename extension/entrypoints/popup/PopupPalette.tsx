import { useEffect, useState } from 'preact/hooks';
import { browser } from 'wxt/browser';
import type { ClipAction } from '../../clip/actions.ts';
import { activeTab } from '../../clip/active-tab.ts';
import { openClip } from '../../clip/open-clip.ts';
import { Palette } from '../../features/palette/Palette.tsx';
import { plainContext, type LogContext, type QuickLog } from '../../features/quick-log/model.ts';
import type { TodayModel } from '../../features/today/model.ts';
import { readTab } from '../../messaging/tab-page.ts';
import { openClient } from '../../page/open.ts';
import type { Page } from '../../page/page.ts';
import { clipActions, commonActions, logActions } from '../../page/palette-actions.ts';
import { logContext } from '../../panel/log-context.ts';
import { showSidePanel } from './show-side-panel.ts';

export interface PopupPaletteProps {
  readonly page: Page;
  readonly today: Pick<TodayModel, 'find'>;
  readonly quickLog: QuickLog;
  readonly windowId: number | undefined;
  readonly onClose: () => void;
}

/** First what can be logged with the client whose email lies behind the popup. */
export function PopupPalette({ page, today, quickLog, windowId, onClose }: PopupPaletteProps) {
  const { t } = page;
  const [behind, setBehind] = useState<LogContext | null>(null);
  useEffect(() => void clientBehind(page).then(setBehind), [page]);
  const sidePanel = {
    id: 'side-panel',
    label: t.text('openSidePanel'),
    run: () => windowId !== undefined && showSidePanel(windowId),
  };
  return (
    <Palette
      t={t}
      actions={[
        ...(behind ? logActions(t, quickLog, behind) : []),
        sidePanel,
        ...clipActions(t, (action) => void clip(action)),
        ...commonActions(page, quickLog),
      ]}
      search={today.find}
      actionsFor={({ clientId, name }) => [
        { id: 'show-card', label: t.text('showCard'), run: () => void openClient(clientId) },
        ...logActions(t, quickLog, plainContext(clientId, name)),
      ]}
      onClose={onClose}
    />
  );
}

/** The popup goes when the clip comes, and with it the click; reading the page stays allowed. */
async function clip(action: ClipAction): Promise<void> {
  const { request, windowId } = await activeTab(action);
  await openClip(request, windowId);
}

async function clientBehind({ send }: Page): Promise<LogContext | null> {
  const [tab] = await browser.tabs.query({ active: true, currentWindow: true });
  if (tab?.id === undefined) return null;
  const shown = await readTab(browser, tab.id);
  if (shown.kind !== 'thread') return null;
  const { account, people, named } = shown.snapshot;
  const answer = await send('card.open', {
    account,
    people,
    named,
    source: null,
  });
  return answer.ok && answer.value.kind === 'known'
    ? logContext(answer.value.card, shown.snapshot)
    : null;
}
