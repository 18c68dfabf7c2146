import { useEffect, useMemo } from 'preact/hooks';
import { browser } from 'wxt/browser';
import type { ClientCardMessages } from '../features/client-card/messages.ts';
import { createCardModel, type CardModel } from '../features/client-card/model.ts';
import type { PromiseMessages } from '../features/promises/messages.ts';
import type { QuickLogMessages } from '../features/quick-log/messages.ts';
import { createQuickLog, type QuickLog } from '../features/quick-log/model.ts';
import { CHANGED_MESSAGE, type PanelEvent } from '../messaging/events.ts';
import { createSend } from '../messaging/send.ts';
import type { PromiseDesk } from '../panel/body-props.ts';
import type { DrawPart } from '../panel/panel-tools.ts';
import type { Translator } from '../ui/translate.ts';
import { drawPart } from './draw-part.ts';

interface UsedCard {
  readonly model: CardModel;
  readonly quickLog: QuickLog;
  readonly promises: PromiseDesk;
  readonly drawPart: DrawPart;
}

/** The card as a page of the extension shows it; it follows what is changed elsewhere. */
export function useCard(t: Translator): UsedCard {
  const card = useMemo(() => {
    const model = createCardModel({ send: createSend<ClientCardMessages>(browser.runtime) });
    const quickLog = createQuickLog({
      send: createSend<QuickLogMessages>(browser.runtime),
      undoneWords: t.text('undone'),
      savedWords: t.text('saved'),
      onChanged: () => void model.refresh(),
    });
    const promises: PromiseDesk = {
      send: createSend<PromiseMessages>(browser.runtime),
      async openSheet(request) {
        const { openPageSheet } = await import('../features/promises/open-page-sheet.ts');
        await openPageSheet(request);
      },
      canSelect: false,
    };
    return { model, quickLog, promises, drawPart };
  }, [t]);
  useEffect(() => {
    const listen = (event: PanelEvent): undefined => {
      if (event?.name === CHANGED_MESSAGE) card.model.changed(event.clientIds);
    };
    browser.runtime.onMessage.addListener(listen);
    return () => browser.runtime.onMessage.removeListener(listen);
  }, [card]);
  return card;
}
