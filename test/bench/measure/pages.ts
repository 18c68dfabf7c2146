import { launchBench, pickCorrespondents, type Bench } from '../bench-browser.ts';
import { single, timed, type Figure } from '../figures.ts';
import { spreadOf } from '../statistics.ts';
import { measurePopup } from './popup.ts';
import { measureRates } from './rates.ts';

/** What runs in the extension's own pages; nothing is intercepted here, so loading costs what it costs. */
export async function measurePages(bench: Bench): Promise<readonly Figure[]> {
  const app = await launchBench(bench);
  const figures: Figure[] = [];
  try {
    if (bench.wants('popup')) {
      console.log('Popups …');
      const { painted, firstPaint, bytes } = await measurePopup(app, bench);
      figures.push(
        timed('popup opened → list painted', spreadOf(painted), {
          goals: [{ of: 'p95', limit: 100 }],
        }),
        timed('  by the browser’s first contentful paint', spreadOf(firstPaint)),
        single('  files it loads', 'kB', bytes / 1000),
      );
    }
    if (bench.wants('rates')) {
      console.log('Rates …');
      const people = await pickCorrespondents(app, bench, 200);
      figures.push(...(await measureRates(app, bench, people)));
    }
    for (const { where, text } of app.errors.all()) console.error(`error in ${where}: ${text}`);
    return figures;
  } finally {
    await app.close();
  }
}
