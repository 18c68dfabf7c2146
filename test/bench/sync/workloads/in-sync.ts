import type { RunningDevice } from '../device/running-device.ts';
import { spread, type WorkloadReport } from '../report/report.ts';
import type { Stage } from './stage.ts';

const ROUNDS = 20;
const REST_MS = 20;

/** Nothing has happened, and the device finds that out. */
export async function reportInSync(stage: Stage, device: RunningDevice): Promise<WorkloadReport> {
  const { tap } = stage.scene;
  // What is left over from before is none of this.
  await device.call('sync', []);
  const times: number[] = [];
  const wire: number[] = [];
  const bodies: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    await stage.rests.rest(REST_MS);
    tap.take();
    times.push(await device.call<number>('sync', []));
    const { upBytes, downBytes, upBodyBytes, downBodyBytes } = tap.take();
    wire.push(upBytes + downBytes);
    bodies.push(upBodyBytes + downBodyBytes);
  }
  return {
    status: 'measured',
    measures: [
      spread('check', 'ms', times),
      spread('without headers', 'bytes', bodies, { of: 'median', limit: 300 }),
      spread('on the wire', 'bytes', wire),
    ],
    checks: [await stage.check('storage of the device', device)],
  };
}
