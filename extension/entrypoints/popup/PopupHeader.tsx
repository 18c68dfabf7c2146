import { openDashboard } from '../../page/open.ts';
import { PALETTE_KEY } from '../../page/use-palette.ts';
import type { Translator } from '../../ui/translate.ts';
import { showSidePanel } from './show-side-panel.ts';

interface Props {
  readonly t: Translator;
  /** How many wait. */
  readonly count: number;
  readonly windowId: number | undefined;
  readonly onPalette: () => void;
}

export function PopupHeader({ t, count, windowId, onPalette }: Props) {
  return (
    <header class="row">
      <h1 class="grow">
        {t.text('today')}
        {count > 0 && (
          <span class="hint" data-part="today-count">
            {' · '}
            {t.number(count)}
          </span>
        )}
      </h1>
      <button
        type="button"
        class="quiet"
        data-action="palette"
        title={t.text('palette')}
        aria-label={t.text('palette')}
        onClick={onPalette}
      >
        <kbd>{PALETTE_KEY}</kbd>
      </button>
      {windowId !== undefined && (
        <button
          type="button"
          class="quiet"
          data-action="open-side-panel"
          title={t.text('openSidePanel')}
          aria-label={t.text('openSidePanel')}
          onClick={() => showSidePanel(windowId)}
        >
          ◨
        </button>
      )}
      <button
        type="button"
        class="quiet"
        data-action="open-dashboard"
        title={t.text('settings')}
        aria-label={t.text('settings')}
        onClick={() => void openDashboard()}
      >
        ⚙
      </button>
    </header>
  );
}
