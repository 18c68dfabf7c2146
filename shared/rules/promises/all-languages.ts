import type { PromiseWords } from './language.ts';
import { english } from './languages/en.ts';
import { persian } from './languages/fa.ts';
import { finnish } from './languages/fi.ts';
import { hebrew } from './languages/he.ts';
import { polish } from './languages/pl.ts';
import { chinese } from './languages/zh.ts';

/** All that promises are found in. A text may mix them. */
export const promiseLanguages: readonly PromiseWords[] = [
  english,
  finnish,
  polish,
  chinese,
  hebrew,
  persian,
];
