import type { RunningDevice } from '../device/running-device.ts';
import { spread, type Measure, type WorkloadReport } from '../report/report.ts';
import { firstPullMeasures, type FirstPulled } from './first-pull.ts';
import type { Stage } from './stage.ts';

const ROUNDS = 5;
const CHANGES = 100;
const REST_MS = 200;
/** In the background, so not as soon as an ordinary book. */
const COMPLETE_GOAL_MS = 40_000;

const asFirstPull = (measure: Measure): Measure => ({
  ...measure,
  name: `first pull, ${measure.name}`,
});

/** A large book: fetched whole, and then a hundred changes of another device at a time. */
export async function reportScale(
  stage: Stage,
  device: RunningDevice,
  pulled: FirstPulled,
): Promise<WorkloadReport> {
  const { tap, backend } = stage.scene;
  const times: number[] = [];
  const server: number[] = [];
  const bytes: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    await backend.change(stage.newEdits(CHANGES));
    await stage.rests.rest(REST_MS);
    tap.take();
    times.push(await device.call<number>('sync', []));
    const { serverMs, downBytes } = tap.take();
    server.push(serverMs.reduce((sum, ms) => sum + ms, 0));
    bytes.push(downBytes);
  }
  const isByRequest = server.some((ms) => ms > 0);
  return {
    status: 'measured',
    measures: [
      spread('100 changes, client', 'ms', times, { of: 'median', limit: 50 }),
      ...(isByRequest
        ? [spread('100 changes, server', 'ms', server, { of: 'median', limit: 10 })]
        : []),
      spread('100 changes, down', 'bytes', bytes),
      ...firstPullMeasures([pulled], COMPLETE_GOAL_MS).map(asFirstPull),
    ],
    checks: [await stage.check('storage of the device', device)],
  };
}
