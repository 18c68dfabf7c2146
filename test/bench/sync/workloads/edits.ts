import type { RunningDevice } from '../device/running-device.ts';
import { worst, type WorkloadReport } from '../report/report.ts';
import type { Stage } from './stage.ts';

/** One field of each of many records, edited offline, sent, and sent once more. */
export async function reportEdits(
  stage: Stage,
  [editor, other]: readonly [RunningDevice, RunningDevice],
  count: number,
): Promise<WorkloadReport> {
  const { tap } = stage.scene;
  await editor.call('write', [stage.newEdits(count)]);
  tap.take();
  const pushMs = await editor.call<number>('sync', []);
  const push = tap.take();
  const fetchMs = await other.call<number>('sync', []);
  const checks = [await stage.check('storage of the other device', other)];
  tap.take();
  const againMs = await editor.call<number | null>('syncAgain', []);
  const again = tap.take();
  await other.call('sync', []);
  checks.push(
    await stage.check('storage of the device that edited', editor),
    await stage.check('storage of the other device after the repeated push', other),
  );
  return {
    status: 'measured',
    measures: [
      worst('push', 'ms', [pushMs], 2000),
      worst('up', 'bytes', [push.upBytes]),
      worst('requests', 'requests', [push.requests]),
      worst('other device fetches', 'ms', [fetchMs]),
      ...(againMs === null
        ? []
        : [worst('push again', 'ms', [againMs], 200), worst('again up', 'bytes', [again.upBytes])]),
    ],
    checks,
  };
}
