import type { Children } from '../../support/children.ts';
import type { Rests } from '../rest.ts';
import type { RunningDevice } from './device/running-device.ts';
import { installPeer, versionsOf } from './install-peer.ts';
import { within } from './limit.ts';
import type { Options } from './options.ts';
import type { Peer } from './peers.ts';
import { isSameContents } from './records/contents.ts';
import { bookOf } from './records/records.ts';
import type { PeerReport, WorkloadName, WorkloadReport } from './report/report.ts';
import { openScene, type Scene } from './scene.ts';
import { reportConvergence } from './workloads/convergence.ts';
import { reportEdits } from './workloads/edits.ts';
import { pullFirst, reportFirstPull, type FirstPulled } from './workloads/first-pull.ts';
import { reportInSync } from './workloads/in-sync.ts';
import { reportScale } from './workloads/scale.ts';
import { createStage, type Stage } from './workloads/stage.ts';

/** Whatever hangs is killed with the run. */
const CLOSE_LIMIT_MS = 60_000;

export interface Run {
  readonly options: Options;
  readonly children: Children;
  readonly rests: Rests;
}

/** All that was asked for, of one peer. What cannot be measured is in the report with its reason. */
export async function runPeer(peer: Peer, run: Run): Promise<PeerReport> {
  const reports: Partial<Record<WorkloadName, WorkloadReport>> = {};
  const seedingSeconds: Record<string, number> = {};
  const { workloads, rows, scaleRows } = run.options;
  let versions: Readonly<Record<string, string>> = {};

  /** Runs a part; when it fails, everything that was still to come in it is reported as such. */
  async function part(
    names: readonly WorkloadName[],
    size: number,
    work: (stage: Stage) => Promise<void>,
  ): Promise<void> {
    if (names.length === 0) return;
    let scene: Scene | null = null;
    try {
      scene = await limited('the start of the server', openScene(peer, run.children));
      const stage = createStage(scene, size, run.rests);
      const startedAt = performance.now();
      await limited('filling the server', scene.backend.seed(bookOf(size)));
      const seconds = (performance.now() - startedAt) / 1000;
      seedingSeconds[String(size)] = seconds;
      say(
        peer,
        `${size.toLocaleString('en')} records put on the server in ${seconds.toFixed(0)} s`,
      );
      await work(stage);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      for (const name of names) reports[name] ??= { status: 'not-measured', why };
      say(peer, `stopped: ${why}`);
    } finally {
      if (scene) await within(CLOSE_LIMIT_MS, 'closing', scene.close()).catch(() => undefined);
    }
  }

  const limited = <Result>(what: string, work: Promise<Result>): Promise<Result> =>
    within(run.options.limitMs, what, work);

  async function measure(name: WorkloadName, work: Promise<WorkloadReport>): Promise<void> {
    const report = await limited(name, work);
    reports[name] = verified(report);
    say(peer, `${name}: ${reports[name].status}`);
  }

  async function pull(stage: Stage): Promise<readonly [RunningDevice, FirstPulled]> {
    const device = await limited('the start of a device', stage.scene.addDevice());
    const pulled = await limited('the first pull', pullFirst(stage, device));
    say(peer, `first pull: ${(pulled.completeMs / 1000).toFixed(2)} s`);
    return [device, pulled];
  }

  try {
    await installPeer(peer, run.children);
    versions = await versionsOf(peer);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    for (const name of workloads) reports[name] = { status: 'not-measured', why };
    return { peer: peer.name, versions, notes: peer.notes, workloads: reports, seedingSeconds };
  }

  await part(
    workloads.filter((name) => name !== 'scale'),
    rows,
    async (stage) => {
      const [first, firstPulled] = await pull(stage);
      const [second, secondPulled] = await pull(stage);
      const devices = [first, second] as const;
      if (workloads.includes('first-pull')) {
        const pulled = [firstPulled, secondPulled];
        await measure('first-pull', reportFirstPull(stage, pulled, devices));
      }
      if (workloads.includes('edits')) {
        await measure('edits', reportEdits(stage, devices, run.options.edits));
      }
      if (workloads.includes('in-sync')) await measure('in-sync', reportInSync(stage, first));
      if (workloads.includes('convergence')) {
        const lack = peer.lacks?.convergence;
        if (lack === undefined) await measure('convergence', reportConvergence(stage, devices));
        else reports.convergence = { status: 'not-measured', why: lack };
      }
    },
  );
  await part(
    workloads.filter((name) => name === 'scale'),
    scaleRows,
    async (stage) => {
      const [device, pulled] = await pull(stage);
      await measure('scale', reportScale(stage, device, pulled));
    },
  );
  return { peer: peer.name, versions, notes: peer.notes, workloads: reports, seedingSeconds };
}

/** A figure whose result is not what was asked for is no figure. */
function verified(report: WorkloadReport): WorkloadReport {
  if (report.status !== 'measured') return report;
  const { checks } = report;
  return checks.every(({ expected, found }) => isSameContents(expected, found))
    ? report
    : { status: 'not-verified', checks };
}

const say = ({ name }: Peer, what: string): void => console.log(`  ${name}: ${what}`);
