import type { SyncProblem } from '../../../extension/sync/status.ts';
import { calmDown } from './calm-down.ts';
import { check } from './check.ts';
import { genesisOf } from './genesis.ts';
import { pair } from './join.ts';
import { planFor, planForLies, type Plan } from './plan.ts';
import { take } from './take.ts';
import { createWorld, liveOf, type World } from './world.ts';

export interface Verdict {
  readonly seed: number;
  /** What the worker told, how often, and what devices said to it. */
  readonly lies: readonly string[];
  readonly lied: number;
  readonly said: readonly SyncProblem[];
  /** Empty: everything held. */
  readonly failures: readonly string[];
  /** Equal for equal histories, to the millisecond. */
  readonly digest: string;
  readonly trace: readonly string[];
}

/** Often enough to meet everything, seldom enough for some truth to get through. */
const LYING_SHARE = 0.5;

/** One history from its seed, or from a plan that was kept. */
export async function simulate(
  seed: number,
  options: {
    readonly isTraced?: boolean;
    readonly plan?: Plan;
    /** The worker is in the wrong hands, until shortly before the end. */
    readonly lies?: readonly string[];
  } = {},
): Promise<Verdict> {
  const plan = options.plan ?? (options.lies ? planForLies(seed) : planFor(seed));
  const { atMs, workspace, disk, devices } = await genesisOf(plan.devices.length);
  const world = createWorld(plan.seed, atMs, {
    isTraced: options.isTraced ?? false,
    storage: { id: workspace, disk },
    ...(options.lies && { lies: options.lies }),
  });
  plan.devices.forEach((device, index) => world.addDevice(device, devices[index]));
  try {
    world.isSuspect = options.lies !== undefined;
    world.lyingShare = LYING_SHARE;
    await history(world, plan);
  } catch (error) {
    world.failures.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
  } finally {
    world.cloud.close();
  }
  const { failures, trace, lied } = world;
  return {
    seed,
    lies: options.lies ?? [],
    lied,
    said: [...world.said],
    failures,
    digest: trace.digest(),
    trace: trace.lines(),
  };
}

/** What is on the screens. Nobody waits for it: a background may have ended in the middle. */
function listen(world: World): void {
  for (const { client } of liveOf(world)) {
    void client.status().then(({ problem }) => problem !== null && world.said.add(problem));
  }
}

async function history(world: World, plan: Plan): Promise<void> {
  const { timeline } = world;
  world.weather = plan.weather;
  world.slowness = plan.slowness;
  for (const step of plan.steps) {
    await timeline.runUntil(timeline.now() + step.waitMs);
    await take(world, step);
    if (world.lied > 0) listen(world);
  }
  world.lyingShare = 0;
  await calmDown(world);
  if (plan.hasNewcomer) {
    const [host] = liveOf(world);
    const newcomer = world.addDevice({ skewMs: 0, isNewer: false, isEager: false });
    if (host) await pair(timeline, host, newcomer);
    await timeline.drive(newcomer.client.syncNow());
  }
  await check(world, plan);
}
