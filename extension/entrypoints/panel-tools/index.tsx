import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { promiseLanguages } from '../../../shared/rules/promises/all-languages.ts';
import { isMonthFirstIn, weekOf } from '../../../shared/rules/promises/days/calendar.ts';
import { createDetect, type Detect } from '../../../shared/rules/promises/detect.ts';
import { drawSheet } from '../../features/promises/draw-sheet.tsx';
import { drawPart } from '../../panel/draw-part.tsx';
import type { PanelTools } from '../../panel/panel-tools.ts';
import { draftAddress } from '../../sites/draft-address.ts';
import { readWords } from '../../sites/gmail/read-words.ts';

/**
 * Runs beside the panel once someone asks for it: the background puts it into the page. It reads the
 * words that the user has picked out, finds promises in them here, and draws into the panel; so do
 * other parts that few need at a time.
 */
export default defineUnlistedScript(() => {
  let detect: Detect | undefined;
  const openSheet: PanelTools['openSheet'] = (request) =>
    drawSheet(request, () => {
      const { account, language, timeZone, now } = request;
      const picked = readWords(document, account);
      const words = picked?.text ?? '';
      // Not before: most of what is drawn needs no rules.
      detect ??= createDetect(promiseLanguages);
      const candidates = detect(words, {
        author: picked?.author ?? null,
        nowMs: now(),
        timeZone,
        week: weekOf(language),
        isMonthFirst: isMonthFirstIn(language),
      });
      return { words, candidates };
    });
  globalThis.mainstayTools ??= { openSheet, drawPart, draftAddress };
});
