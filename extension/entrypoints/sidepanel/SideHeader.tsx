import { openDashboard } from '../../page/open.ts';
import { PALETTE_KEY } from '../../page/use-palette.ts';
import { KeyButton } from '../../panel/KeySheet.tsx';
import type { Translator } from '../../ui/translate.ts';

interface Props {
  readonly t: Translator;
  readonly isSheetOpen: boolean;
  readonly onPalette: () => void;
  readonly onKeys: () => void;
  /** Null while the active tab's own client is shown. */
  readonly onBack: (() => void) | null;
}

export function SideHeader({ t, isSheetOpen, onPalette, onKeys, onBack }: Props) {
  return (
    <header class="row">
      <button type="button" class="grow palette-open" data-action="palette" onClick={onPalette}>
        <span class="grow clip">{t.text('paletteHint')}</span>
        <kbd>{PALETTE_KEY}</kbd>
      </button>
      {onBack && (
        <button type="button" data-action="back-to-page" onClick={onBack}>
          {t.text('backToPage')}
        </button>
      )}
      <KeyButton t={t} isOpen={isSheetOpen} onClick={onKeys} />
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
