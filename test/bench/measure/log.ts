import type { CardRun } from './card.ts';
import { PRESS_MS, WARM_UP } from './card.ts';

/** The badge is counted a quarter of a second after a write; the next sample waits for that. */
const REST_MS = 700;

/** A real click on "Log email" in one thread after the other, until the toast is painted. */
export async function measureLogs({
  mailbox,
  threads,
  rests,
}: CardRun): Promise<readonly number[]> {
  const times: number[] = [];
  await mailbox.bringToFront();
  for (const { id, person } of threads) {
    await mailbox.evaluate(
      (threadId, name) => window.stopwatch.openThread(threadId, name),
      id,
      person.clientName,
    );
    await rests.rest(REST_MS);
    const { x, y } = await mailbox.evaluate(() => window.stopwatch.placeOf('log-email'));
    await mailbox.mouse.move(x, y);
    await mailbox.evaluate(() => window.stopwatch.watchLog());
    await mailbox.mouse.click(x, y, { delay: PRESS_MS });
    times.push(await mailbox.evaluate(() => window.stopwatch.logged()));
    await mailbox.evaluate(() => window.stopwatch.dismissToast());
  }
  return times.slice(WARM_UP);
}
