import type { OpenPromise } from '../../shared/model/open-promise.ts';
import { noonOf } from '../../shared/rules/days.ts';
import { isolate } from './isolate.ts';
import type { Translator } from './translate.ts';
import { dayWords } from './words.ts';

/** "You owe: quote for phase 2, due in 3 days". */
export const promiseWords = (
  t: Translator,
  { side, text, due }: OpenPromise,
  nowMs: number,
): string =>
  t.text(`openPromise_${side}`, { text: isolate(text), when: dayWords(t, noonOf(due), nowMs) });
