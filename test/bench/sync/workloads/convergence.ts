import { setTimeout as pause } from 'node:timers/promises';
import type { RunningDevice } from '../device/running-device.ts';
import { spread, worst, type WorkloadReport } from '../report/report.ts';
import type { Stage } from './stage.ts';

const WARM_UP = 3;
const ROUNDS = 40;
const REST_MS = 80;
/** The other device must be looking before the edit is made; and nothing waits longer for it. */
const LOOKING_MS = 30;
/** Between listening and the first edit: connections are made and what was missed is fetched. */
const SETTLE_MS = 1000;

/**
 * Both devices are online. From the moment before the write on one until the other has read the new
 * value from its own storage.
 */
export async function reportConvergence(
  stage: Stage,
  [editor, other]: readonly [RunningDevice, RunningDevice],
): Promise<WorkloadReport> {
  await Promise.all([editor.call('listen', []), other.call('listen', [])]);
  await pause(SETTLE_MS);
  const edits = stage.newEdits(WARM_UP + ROUNDS);
  const times: number[] = [];
  let bytes = 0;
  for (const [round, edit] of edits.entries()) {
    await stage.rests.rest(REST_MS);
    stage.scene.tap.take();
    const seen = other.call<number>('seen', [edit]);
    await pause(LOOKING_MS);
    const writtenAt = await editor.call<number>('writeLive', [edit]);
    const ms = (await seen) - writtenAt;
    const { upBytes, downBytes } = stage.scene.tap.take();
    if (round < WARM_UP) continue;
    times.push(ms);
    bytes += upBytes + downBytes;
  }
  return {
    status: 'measured',
    measures: [
      spread('seen after', 'ms', times, { of: 'median', limit: 25 }, { of: 'p95', limit: 80 }),
      worst('both devices’ traffic per edit', 'bytes', [Math.round(bytes / times.length)]),
    ],
    checks: [
      await stage.check('storage of the device that edited', editor),
      await stage.check('storage of the other device', other),
    ],
  };
}
