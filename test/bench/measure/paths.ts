import { pickCorrespondents, launchBench, contentWorldOf, type Bench } from '../bench-browser.ts';
import { timed, type Figure } from '../figures.ts';
import { MAILBOX_URL, benchMailbox, threadsOf, type BenchThread } from '../mailbox.ts';
import type { CardTime } from '../page/stopwatch.ts';
import { spreadOf } from '../statistics.ts';
import { asleep, measureCards, measurePressedCards, openMailbox, WARM_UP } from './card.ts';
import { floorMedian, measureFloor, measureLogFloor } from './floor.ts';
import { measureLogs } from './log.ts';
import { measurePairs } from './mutations.ts';
import { pairsToFigures } from './pairs-figures.ts';

/** Everything that starts in the mailbox: the card, the log, and what we cost the page. */
export async function measurePaths(bench: Bench): Promise<readonly Figure[]> {
  const now = Date.now();
  const { rests } = bench;
  let threads: readonly BenchThread[] = [];
  const app = await launchBench(
    bench,
    benchMailbox(() => threads, now),
  );
  const figures: Figure[] = [];
  try {
    const each = bench.samples + WARM_UP;
    const people = await pickCorrespondents(app, bench, each * 8);
    threads = threadsOf(people, now);
    const part = (index: number): readonly BenchThread[] =>
      threads.slice(index * each, (index + 1) * each);
    const mailbox = await openMailbox(app, bench, MAILBOX_URL);

    if (bench.wants('card')) {
      console.log('Cards, background awake …');
      const cards = await measureCards({ app, mailbox, rests, threads: part(0) });
      const pressed = await measurePressedCards({ app, mailbox, rests, threads: part(5) });
      const floor = await measureFloor(app, mailbox, bench, people.slice(each * 2));
      figures.push(
        timed('sender in the DOM → card painted, by address', painted(cards), {
          floor: floorMedian(floor),
          goals: cardGoals,
        }),
        timed('the same, its row pressed in the list', painted(pressed), {
          floor: floorMedian(floor),
          goals: cardGoals,
        }),
        timed('  floor: empty message there and back', floor.message),
        timed('  floor: the same rows, bare', floor.reads),
        timed('  floor: one frame', { samples: 60, median: floor.frameMs, p95: floor.frameMs }),
      );
    }
    if (bench.wants('asleep')) {
      console.log('Cards, background asleep …');
      const sleeping = (index: number, isProcessGone: boolean) =>
        measureCards({
          app,
          mailbox,
          rests,
          threads: part(index),
          before: asleep(app, isProcessGone),
        });
      const pressedAsleep = (index: number, isProcessGone: boolean) =>
        measurePressedCards({
          app,
          mailbox,
          rests,
          threads: part(index),
          before: asleep(app, isProcessGone),
        });
      const goals = [{ of: 'p95', limit: 90 }] as const;
      figures.push(
        timed('the same, background asleep, by address', painted(await sleeping(1, false)), {
          goals,
        }),
        timed('the same, its process ended too', painted(await sleeping(4, true)), { goals }),
        timed('background asleep, row pressed', painted(await pressedAsleep(6, false)), { goals }),
        timed('the same, its process ended too', painted(await pressedAsleep(7, true)), { goals }),
      );
    }
    if (bench.wants('log')) {
      console.log('Logs …');
      const logs = await measureLogs({ app, mailbox, rests, threads: part(2) });
      figures.push(
        timed('log click → saved and toast painted', spreadOf(logs), {
          floor: floorMedian(await measureLogFloor(app, mailbox, bench, people)),
          goals: [{ of: 'p95', limit: 33 }],
        }),
      );
    }
    if (bench.wants('phases')) {
      const world = await contentWorldOf(mailbox, bench);
      await world.run('messenger.markCardRequests()');
      const cards = await measureCards({ app, mailbox, rests, threads: part(3) });
      await measureLogs({ app, mailbox, rests, threads: part(2) });
      const requests =
        await world.run<readonly { name: string; ms: number }[]>('messenger.requests');
      figures.push(...phases(cards), ...requestFigures(requests));
    }
    await mailbox.close();
    const [thread] = threads;
    if (bench.wants('mutations') && thread) {
      console.log('A page that never rests …');
      figures.push(
        ...pairsToFigures(await measurePairs(app, bench, thread, bench.samples > 20 ? 6 : 2)),
      );
    }
    for (const { where, text } of app.errors.all()) console.error(`error in ${where}: ${text}`);
    return figures;
  } finally {
    await app.close();
  }
}

const cardGoals = [
  { of: 'p95', limit: 33 },
  { of: 'ratio', limit: 1.5 },
] as const;

const painted = (cards: readonly CardTime[]) => spreadOf(cards.map(({ paintedMs }) => paintedMs));

/** There and back, for each request that the panel made often enough. */
function requestFigures(
  requests: readonly { readonly name: string; readonly ms: number }[],
): readonly Figure[] {
  return [...Map.groupBy(requests, ({ name }) => name)]
    .filter(([, group]) => group.length > 3)
    .map(([name, group]) => timed(`  ${name}`, spreadOf(group.map(({ ms }) => ms))));
}

/** Where the time of a card goes; the marks are ours, so these samples count for nothing else. */
function phases(cards: readonly CardTime[]): readonly Figure[] {
  const between = (
    name: string,
    from: (card: CardTime) => number | null,
    to: (card: CardTime) => number | null,
  ) => {
    const values = cards.flatMap((card) => {
      const [start, end] = [from(card), to(card)];
      return start === null || end === null ? [] : [end - start];
    });
    return values.length === 0 ? [] : [timed(`  ${name}`, spreadOf(values))];
  };
  return [
    ...between(
      'sender → asked',
      () => 0,
      ({ askedMs }) => askedMs,
    ),
    ...between(
      'asked → answered',
      ({ askedMs }) => askedMs,
      ({ answeredMs }) => answeredMs,
    ),
    ...between(
      'answered → in the DOM',
      ({ answeredMs }) => answeredMs,
      ({ shownMs }) => shownMs,
    ),
    ...between(
      'in the DOM → painted',
      ({ shownMs }) => shownMs,
      ({ paintedMs }) => paintedMs,
    ),
  ];
}
