import { existsSync } from 'node:fs';
import { inRoot } from '../../support/paths.ts';
import { measureSizes } from '../../repo/sizes.ts';
import { single, type Figure } from '../figures.ts';

/** The budgets that `npm test` keeps, beside the times they buy. */
export async function sizeFigures(): Promise<readonly Figure[]> {
  if (!existsSync(inRoot('.output/worker'))) {
    console.log('Sizes: the worker has not been bundled (npm test does it), so they are left out.');
    return [];
  }
  const sizes = await measureSizes();
  return sizes.map(({ name, kb, budgetKb }) =>
    single(`${name}, gzipped`, 'kB', kb, { goals: [{ of: 'median', limit: budgetKb }] }),
  );
}
