import { render } from 'preact';
import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { promiseLanguages } from '../../../shared/rules/promises/all-languages.ts';
import { isMonthFirstIn, weekOf } from '../../../shared/rules/promises/days/calendar.ts';
import { createDetect } from '../../../shared/rules/promises/detect.ts';
import { ChangeSheet } from '../../features/promises/ChangeSheet.tsx';
import { PromiseSheet } from '../../features/promises/PromiseSheet.tsx';
import type { OpenSheet } from '../../features/promises/tools.ts';
import { readWords } from '../../sites/gmail/read-words.ts';

/**
 * Runs beside the panel once someone asks for it: the background puts it into the page. It reads the
 * words that the user has picked out, finds promises in them here, and draws into the panel.
 */
export default defineUnlistedScript(() => {
  const detect = createDetect(promiseLanguages);
  const openSheet: OpenSheet = (request) => {
    const { container, promise, account, language, timeZone, now } = request;
    const close = (): void => render(null, container);
    if (promise) {
      render(<ChangeSheet request={request} promise={promise} onClose={close} />, container);
      return;
    }
    const words = readWords(document, account);
    const candidates = detect(words?.text ?? '', {
      author: words?.author ?? null,
      nowMs: now(),
      timeZone,
      week: weekOf(language),
      isMonthFirst: isMonthFirstIn(language),
    });
    // Anew each time: what was asked before is no draft to come back to.
    close();
    render(
      <PromiseSheet
        request={request}
        candidates={candidates}
        words={words?.text ?? ''}
        onClose={close}
      />,
      container,
    );
  };
  globalThis.mainstayPromiseTools ??= openSheet;
});
