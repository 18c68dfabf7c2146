import type { FirstPull } from '../contract.ts';
import type { RunningDevice } from '../device/running-device.ts';
import { wantedOf } from '../records/records.ts';
import { worst, type Measure, type WorkloadReport } from '../report/report.ts';
import type { Stage } from './stage.ts';

export interface FirstPulled extends FirstPull {
  readonly upBytes: number;
  readonly downBytes: number;
  readonly requests: number;
  readonly memoryBytes: number | null;
}

/** For a hundred thousand records. */
const COMPLETE_GOAL_MS = 3000;

/** An empty device is let in and fetches everything. */
export async function pullFirst(
  { scene, rows }: Stage,
  device: RunningDevice,
): Promise<FirstPulled> {
  const memory = await device.watchMemory();
  const invitation = await scene.backend.invite?.();
  scene.tap.take();
  const [pull] = await Promise.all([
    device.call<FirstPull>('firstPull', [wantedOf(rows), invitation?.ticket ?? '']),
    invitation?.admit(),
  ]);
  const { upBytes, downBytes, requests } = scene.tap.take();
  return { ...pull, upBytes, downBytes, requests, memoryBytes: memory.stop() };
}

/** Of all devices that have pulled, one after the other, the slowest. */
export async function reportFirstPull(
  stage: Stage,
  pulled: readonly FirstPulled[],
  devices: readonly RunningDevice[],
): Promise<WorkloadReport> {
  const checks = [];
  for (const [index, device] of devices.entries()) {
    checks.push(await stage.check(`storage of device ${index + 1}`, device));
  }
  return { status: 'measured', measures: firstPullMeasures(pulled, COMPLETE_GOAL_MS), checks };
}

export function firstPullMeasures(
  pulled: readonly FirstPulled[],
  completeGoalMs: number,
): readonly Measure[] {
  const memory = pulled.flatMap(({ memoryBytes }) => (memoryBytes === null ? [] : [memoryBytes]));
  const samples = (name: Exclude<keyof FirstPulled, 'memoryBytes'>): readonly number[] =>
    pulled.map((each) => each[name]);
  return [
    worst('first screen', 'ms', samples('firstScreenMs'), 1500),
    worst('complete', 'ms', samples('completeMs'), completeGoalMs),
    worst('longest task', 'ms', samples('longestTaskMs'), 100),
    worst('down', 'bytes', samples('downBytes')),
    worst('up', 'bytes', samples('upBytes')),
    worst('requests', 'requests', samples('requests')),
    ...(memory.length > 0 ? [worst('memory', 'bytes', memory)] : []),
  ];
}
