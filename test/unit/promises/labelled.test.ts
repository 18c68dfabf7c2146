import { describe, expect, it } from 'vitest';
import { promiseLanguages } from '../../../shared/rules/promises/all-languages.ts';
import { createDetect } from '../../../shared/rules/promises/detect.ts';
import { scoreOf } from '../../support/promises/score.ts';
import { labelledSets } from '../../support/promises/sets.ts';

const detect = createDetect(promiseLanguages);
const LEAST_PRECISION = 0.9;
const LEAST_RECALL = 0.7;
const LEAST_SENTENCES = 60;

describe.each(labelledSets)('promises in $name', ({ development, heldOut, options }) => {
  it.each([
    ['that the rules have never seen', heldOut],
    ['all together', [...development, ...heldOut]],
  ])('are found in sentences %s, and hardly anything else', (_, texts) => {
    const { precision, recall, mistakes } = scoreOf(detect, texts, options);
    expect(precision, mistakes.join('\n')).toBeGreaterThanOrEqual(LEAST_PRECISION);
    expect(recall, mistakes.join('\n')).toBeGreaterThanOrEqual(LEAST_RECALL);
  });

  it('are asked for in enough sentences, half of them without one, each once', () => {
    const all = [...development, ...heldOut];
    for (const texts of [all, heldOut]) {
      expect(texts.length).toBeGreaterThanOrEqual(LEAST_SENTENCES);
      const without = texts.filter(({ expected }) => expected === null).length;
      expect(without / texts.length).toBeGreaterThan(0.45);
      expect(without / texts.length).toBeLessThan(0.55);
    }
    const sentences = all.map(({ text }) => text);
    expect(sentences.filter((text, at) => sentences.indexOf(text) !== at)).toEqual([]);
  });
});
