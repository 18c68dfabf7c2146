import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createChildren } from '../support/children.ts';
import { keptFolder } from '../support/paths.ts';
import { runMain } from '../support/problem.ts';
import type { Bench } from './bench-browser.ts';
import { buildExtension } from './builds.ts';
import { bundlePageScript } from './bundle.ts';
import type { Figure } from './figures.ts';
import { describeMachine } from './machine.ts';
import { measureLayouts } from './measure/layouts.ts';
import { measurePaths } from './measure/paths.ts';
import { promiseFigures } from './measure/promises.ts';
import { measurePages } from './measure/pages.ts';
import { sizeFigures } from './measure/sizes.ts';
import { fullBook, seededProfile, smallBook } from './profile.ts';
import { createRests } from './rest.ts';
import { figuresToTable, missed } from './table.ts';

const { values: options } = parseArgs({
  options: {
    /** A book a fiftieth of the size, and a third of the samples. */
    small: { type: 'boolean', default: false },
    /** Seeds anew although a seeded profile is there. */
    fresh: { type: 'boolean', default: false },
    /** Measures what is in `.output`. */
    'no-build': { type: 'boolean', default: false },
    /** Samples per figure, while something is being tried. */
    samples: { type: 'string' },
    /** Only these parts: `--only card,popup`. */
    only: { type: 'string' },
  },
});

const children = createChildren();

await runMain(async () => {
  const machine = await describeMachine();
  const parts = options.only?.split(',') ?? [];
  // They need neither the extension nor a book of clients.
  if (parts.length === 1 && parts[0] === 'promises') {
    printFigures(promiseFigures());
    return 0;
  }
  if (!options['no-build']) {
    console.log('Building the extension …');
    buildExtension();
  }
  const size = options.small ? smallBook : fullBook;
  const rests = createRests();
  const bench: Bench = {
    rests,
    children,
    profile: await seededProfile(size, options.fresh, children),
    samples: Number(options.samples ?? (options.small ? 20 : 60)),
    wants: (part) => parts.length === 0 || parts.includes(part),
    scripts: {
      stopwatch: await bundlePageScript('stopwatch'),
      messenger: await bundlePageScript('messenger'),
      book: await bundlePageScript('book'),
      firstLine: await bundlePageScript('first-line'),
    },
  };
  const figures: Figure[] = [
    ...(await measurePaths(bench)),
    ...(await measureLayouts(bench)),
    ...(await measurePages(bench)),
  ];
  if (bench.wants('promises')) figures.push(...promiseFigures());
  if (bench.wants('sizes')) figures.push(...(await sizeFigures()));

  const at = new Date().toISOString();
  const file = join(keptFolder, 'bench', `${at.slice(0, 19).replaceAll(':', '-')}.json`);
  await mkdir(join(keptFolder, 'bench'), { recursive: true });
  await writeFile(
    file,
    `${JSON.stringify({ at, book: size, machine, disturbed: rests.disturbed(), figures }, null, 2)}\n`,
  );

  const { clients, contacts, interactions } = size;
  console.log(`\n${clients} clients, ${contacts} contacts, ${interactions} interactions`);
  console.log(
    `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGb} GB; ${machine.browser}; Node ${machine.node}`,
  );
  console.log(
    `commit ${machine.commit}${machine.hasUncommittedChanges ? ' and uncommitted changes' : ''}; load before: ${machine.loadAtStart.toFixed(2)}\n`,
  );
  printFigures(figures);
  if (rests.disturbed() > 0) {
    console.log(`\n${rests.disturbed()} samples were taken while other work ran on this machine.`);
  }
  const names = missed(figures);
  console.log(names.length === 0 ? '\nNo goal was missed.' : `\nMissed: ${names.join('; ')}.`);
  console.log(`Kept in ${file}`);
  return 0;
});

function printFigures(figures: readonly Figure[]): void {
  console.log(figuresToTable(figures));
  for (const { name, note } of figures) if (note) console.log(`\n${name}: ${note}`);
}
