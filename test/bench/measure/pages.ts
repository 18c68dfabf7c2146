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
      const { painted, firstPaint, barePage, bareReads, bytes } = await measurePopup(app, bench);
      const [page, reads] = [spreadOf(barePage), spreadOf(bareReads)];
      figures.push(
        timed('popup opened → list painted', spreadOf(painted), {
          floor: page.median + reads.median,
          goals: [{ of: 'p95', limit: 100 }],
        }),
        timed('  by the browser’s first contentful paint', spreadOf(firstPaint)),
        timed('  floor: a bare page of the extension', page),
        timed('  floor: the roster’s rows, bare', reads),
        single('  files it loads, as they lie on the disk', 'kB', bytes / 1000),
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
