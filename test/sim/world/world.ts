import type { SyncProblem } from '../../../extension/sync/status.ts';
import type { WorkspaceId } from '../../../shared/protocol/ids.ts';
import { createCloud, type Cloud } from './cloud.ts';
import { createDevice, type Born, type Device } from './device.ts';
import type { DiskSql } from './disk-sql.ts';
import { createLiar } from './liar.ts';
import { WEATHERS, type Weather } from './network.ts';
import { createOracle, type Oracle } from './oracle.ts';
import type { DevicePlan } from './plan.ts';
import { installQuietGlobals } from './quiet-globals.ts';
import { bytesFrom, streamOf } from './random.ts';
import { createTimeline, type Timeline } from './timeline.ts';
import { createTrace, type Trace } from './trace.ts';

/** Everything there is: time, one worker, its devices, and what should come of it. */
export interface World {
  readonly seed: number;
  readonly timeline: Timeline;
  readonly cloud: Cloud;
  readonly oracle: Oracle;
  readonly trace: Trace;
  readonly devices: Device[];
  readonly failures: string[];
  weather: Weather;
  /** How often a transaction of a device takes its time. */
  slowness: number;
  /** The storage went back, or a device did: from now on the two sides may differ for a while. */
  isSuspect: boolean;
  /** How often the worker lies, where it is a liar at all; and how often it has. */
  lyingShare: number;
  lied: number;
  /** What devices said to that. */
  readonly said: Set<SyncProblem>;
  addDevice(plan: DevicePlan, born?: Born): Device;
  /** Before anything happens in it, when another one was looked at in between. */
  useGlobals(): void;
}

/** As long as a process works on it, its globals are this world's. */
export function createWorld(
  seed: number,
  startMs: number,
  options: {
    readonly isTraced?: boolean;
    /** A storage to begin with. */
    readonly storage?: { readonly id: WorkspaceId; readonly disk: DiskSql };
    /** The names of the lies that its worker tells. */
    readonly lies?: readonly string[];
  } = {},
): World {
  const timeline = createTimeline(startMs);
  const trace = createTrace(timeline, options.isTraced ?? false);
  const oracle = createOracle();
  const devices: Device[] = [];
  const failures: string[] = [];
  const platformBytes = bytesFrom(streamOf(seed, 'platform'));
  const cloud = createCloud({
    now: timeline.now,
    randomBytes: bytesFrom(streamOf(seed, 'worker')),
    ...(options.storage && { storage: options.storage }),
  });
  const heard = options.lies
    ? createLiar({
        cloud,
        random: streamOf(seed, 'lies'),
        tell: trace.teller('worker'),
        names: options.lies,
        share: () => world.lyingShare,
        onLie: () => void (world.lied += 1),
      })
    : cloud;
  const world: World = {
    seed,
    timeline,
    cloud,
    oracle,
    trace,
    devices,
    failures,
    weather: WEATHERS.calm,
    slowness: 0,
    isSuspect: false,
    lyingShare: 0,
    lied: 0,
    said: new Set(),
    useGlobals: () => installQuietGlobals(timeline, platformBytes),
    addDevice(plan, born) {
      const name = `d${String(devices.length + 1)}`;
      const tell = trace.teller(name);
      const device = createDevice(name, plan, {
        seed,
        timeline,
        cloud: heard,
        tell,
        ...(born && { born }),
        weather: () => world.weather,
        slowness: () => world.slowness,
        onRequest(path) {
          // Whoever asks for all buckets has found that the two sides differ.
          if (path.includes('digest?buckets') && !world.isSuspect) {
            failures.push(`${name} finds that the two sides differ, and nothing was lost`);
          }
        },
        events: {
          onRestamped(row, before, after) {
            tell(`puts the stamps of ${row} right`);
            oracle.restamped(row, device.id, before, after);
            // By a clock that was lied about, so others may know the edit by its first stamp.
            if (options.lies) oracle.doubt(device.id, new Set(), 'forgotten');
          },
          onEdited(edited) {
            oracle.edited(edited);
            tell(
              `edits ${edited.row} ${JSON.stringify(edited.wrote).slice(0, 80)} at ${edited.stamp}`,
            );
          },
        },
      });
      devices.push(device);
      return device;
    },
  };
  world.useGlobals();
  return world;
}

export const liveOf = ({ devices }: World): readonly Device[] =>
  devices.filter(({ isGone }) => !isGone);
