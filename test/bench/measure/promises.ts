import { promiseLanguages } from '../../../shared/rules/promises/all-languages.ts';
import { createDetect } from '../../../shared/rules/promises/detect.ts';
import { scoreOf } from '../../support/promises/score.ts';
import { labelledSets } from '../../support/promises/sets.ts';
import { single, timed, type Figure } from '../figures.ts';
import { spreadOf } from '../statistics.ts';

/** Precision of 0.9 and recall of 0.7, as what may go wrong. */
const MOST_WRONG_PERCENT = 10;
const MOST_MISSED_PERCENT = 30;
const SAMPLES = 30;
/** As long as an email gets. */
const EMAIL_SENTENCES = 40;

/** How well promises are found in the sentences that the rules have never seen, and how quickly. */
export function promiseFigures(): readonly Figure[] {
  const detect = createDetect(promiseLanguages);
  return labelledSets.flatMap(({ name, development, heldOut, options }): Figure[] => {
    const { precision, recall, mistakes } = scoreOf(detect, heldOut, options);
    const whole = scoreOf(detect, [...development, ...heldOut], options);
    const sentences = heldOut.slice(0, EMAIL_SENTENCES).map(({ text }) => text);
    const times = Array.from({ length: SAMPLES }, () => {
      const started = performance.now();
      detect(sentences.join('\n'), { ...options, author: 'us' });
      return performance.now() - started;
    });
    const note =
      `held out: precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)} of ${heldOut.length}; ` +
      `with the development half: ${whole.precision.toFixed(3)}, ${whole.recall.toFixed(3)} of ` +
      `${development.length + heldOut.length}. Mistakes: ${mistakes.join(' | ')}`;
    return [
      single(`promises, ${name}: wrong among those found`, '%', (1 - precision) * 100, {
        goals: [{ of: 'median', limit: MOST_WRONG_PERCENT }],
        note,
      }),
      single(`promises, ${name}: missed`, '%', (1 - recall) * 100, {
        goals: [{ of: 'median', limit: MOST_MISSED_PERCENT }],
      }),
      timed(`promises, ${name}: an email of ${EMAIL_SENTENCES} sentences`, spreadOf(times)),
    ];
  });
}
