import { createCloud, WORKER_URL, type Cloud } from './cloud.ts';
import { createDevice, DISK_FULL, type Device } from './device.ts';
import type { RowState } from '../../../shared/merge.ts';
import { packRow } from '../../../shared/row.ts';
import { WEATHERS, type Weather } from './network.ts';
import { createOracle, observedRow, type Oracle } from './oracle.ts';
import { planFor, type DevicePlan, type Plan, type Step } from './plan.ts';
import { installQuietGlobals } from './quiet-globals.ts';
import { bytesFrom, streamOf } from './random.ts';
import { createTimeline, type Timeline } from './timeline.ts';
import { createTrace, type Trace } from './trace.ts';

export interface Verdict {
  readonly seed: number;
  /** Empty: everything held. */
  readonly failures: readonly string[];
  readonly digest: string;
  readonly trace: readonly string[];
}

interface World {
  readonly plan: Plan;
  readonly timeline: Timeline;
  readonly cloud: Cloud;
  readonly oracle: Oracle;
  readonly trace: Trace;
  readonly devices: Device[];
  readonly failures: string[];
  weather: Weather;
}

const START_MS = Date.UTC(2026, 10, 22, 9);
const HOUR_MS = 3_600_000;
const MAX_CALM_ROUNDS = 8;

export async function simulate(
  seed: number,
  options: { readonly isTraced?: boolean; readonly plan?: Plan } = {},
): Promise<Verdict> {
  const plan = options.plan ?? planFor(seed);
  const timeline = createTimeline(START_MS);
  installQuietGlobals(timeline, bytesFrom(streamOf(seed, 'platform')));
  const world: World = {
    plan,
    timeline,
    cloud: createCloud({ now: timeline.now, randomBytes: bytesFrom(streamOf(seed, 'worker')) }),
    oracle: createOracle(),
    trace: createTrace(timeline, options.isTraced ?? false),
    devices: [],
    failures: [],
    weather: WEATHERS.calm,
  };
  try {
    await history(world);
  } catch (error) {
    world.failures.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
  } finally {
    world.cloud.close();
  }
  const { failures, trace } = world;
  return { seed, failures, digest: trace.digest(), trace: trace.lines() };
}

async function history(world: World): Promise<void> {
  const { plan, timeline } = world;
  for (const device of plan.devices) await addDevice(world, device);
  world.weather = plan.weather;
  for (const step of plan.steps) {
    await timeline.runUntil(timeline.now() + step.waitMs);
    take(world, step);
  }
  await calmDown(world);
  if (plan.seed % 3 === 0) {
    const newcomer = await addDevice(world, { skewMs: 0, isNewer: true, isEager: false });
    await timeline.drive(newcomer.client.syncNow());
  }
  await check(world);
}

async function addDevice(world: World, devicePlan: DevicePlan): Promise<Device> {
  const { timeline, cloud, devices, trace, plan, oracle } = world;
  const name = `d${String(devices.length + 1)}`;
  const tell = trace.teller(name);
  const device = createDevice(name, devicePlan, {
    seed: plan.seed,
    timeline,
    cloud,
    weather: () => world.weather,
    tell,
    slowness: plan.slowness,
    events: {
      onRestamped(row, before, after) {
        tell(`puts the stamps of ${row} right`);
        oracle.restamped(row, device.id, before, after);
      },
      onEdited(edited) {
        oracle.edited(edited);
        tell(`edits ${edited.row} ${JSON.stringify(edited.wrote).slice(0, 80)} at ${edited.stamp}`);
      },
    },
  });
  const host = devices.find(({ isGone }) => !isGone);
  devices.push(device);
  if (host) await pair(timeline, host, device);
  else {
    const created = await timeline.drive(
      device.client.createWorkspace({
        workerUrl: WORKER_URL,
        deviceName: `plain ${name}`,
        memberName: 'plain Ada',
      }),
    );
    if (!created.ok) throw new Error(`no workspace: ${created.error}`);
  }
  return device;
}

async function pair(timeline: Timeline, host: Device, joiner: Device): Promise<void> {
  const started = await timeline.drive(host.client.startPairing());
  if (!started.ok) throw new Error(`no code: ${started.error}`);
  const joining = await timeline.drive(
    joiner.client.joinWorkspace({
      workerUrl: WORKER_URL,
      code: started.value.code ?? '',
      deviceName: `plain ${joiner.name}`,
    }),
  );
  if (!joining.ok) throw new Error(`the code was refused: ${joining.error}`);
  const comparing = await soon(timeline, async () => (await host.client.pairing())?.check ?? null);
  const shown = await soon(timeline, async () => (await joiner.client.pairing())?.check ?? null);
  if (comparing !== shown) throw new Error('the six digits differ');
  const confirmed = await timeline.drive(host.client.confirmPairing());
  if (!confirmed.ok) throw new Error(`not granted: ${confirmed.error}`);
  await soon(timeline, async () => (await joiner.client.status()).workspace);
}

async function soon<Value>(timeline: Timeline, look: () => Promise<Value | null>): Promise<Value> {
  for (let seconds = 0; seconds < 100; seconds += 1) {
    const value = await timeline.drive(look());
    if (value !== null) return value;
    await timeline.runUntil(timeline.now() + 1000);
  }
  throw new Error('the pairing does not go on');
}

/** What a person does happens beside everything else; a full disk tells them so. */
function act({ failures }: World, action: Promise<unknown> | undefined): void {
  action?.catch((error: unknown) => {
    if (!String(error).includes(DISK_FULL)) failures.push(String(error));
  });
}

function take(world: World, step: Step): void {
  const { timeline, cloud, devices, oracle, trace } = world;
  const tell = trace.teller('');
  const device = 'device' in step ? devices[step.device] : undefined;
  if (device?.isGone && step.do !== 'remove') return;
  switch (step.do) {
    case 'edit':
      return act(world, device?.data.edit(step.table, step.id, step.patch));
    case 'undo':
      return act(world, device?.data.undo());
    case 'settle':
      return;
    case 'sync':
      if (!device) return;
      device.tell('syncs');
      return act(world, device.client.syncNow());
    case 'look':
      device?.tell('is looked at');
      device?.client.touch();
      return;
    case 'restart':
      device?.tell('restarts');
      device?.restart();
      return;
    case 'crash':
      device?.crashAt(step.transaction, step.isBefore);
      return;
    case 'clock':
      if (!device) return;
      device.tell(`sets its clock by ${String(Math.round(step.byMs / 1000))} s`);
      device.skewMs += step.byMs;
      return;
    case 'offline':
      if (!device) return;
      device.tell('goes offline');
      device.isOnline = false;
      timeline.after(step.forMs, () => {
        device.isOnline = true;
      });
      return;
    case 'disk full':
      if (!device) return;
      device.tell('has a full disk');
      device.isDiskFull = true;
      timeline.after(step.forMs, () => {
        device.isDiskFull = false;
      });
      return;
    case 'back up':
      device?.backUp();
      return;
    case 'restore backup':
      if (!device) return;
      oracle.doubt(device.id, device.pending(), 'forgotten');
      if (device.restoreBackup()) device.tell('is as it was at its backup');
      return;
    case 'evict':
      tell(`the object is evicted (${String(step.afterWrites)})`);
      cloud.evict(step.afterWrites);
      return;
    case 'snapshot':
      tell('the storage is backed up');
      cloud.backUp();
      return;
    case 'roll back':
      if (cloud.rollBack()) {
        tell('the storage goes back to its backup');
      }
      return;
    case 'quota':
      tell(`the workspace may have ${String(step.rows)} rows`);
      cloud.limit(step.rows === null ? {} : { maxRows: step.rows });
      timeline.after(step.forMs, () => cloud.limit({}));
      return;
    case 'remove': {
      const by = devices[step.by];
      if (!device || !by || by === device || by.isGone) return;
      by.tell(`removes ${device.name}`);
      device.isBeingRemoved = true;
      return act(world, by.client.removeDevice(device.id));
    }
    case 'lose':
      if (!device || devices.filter(({ isGone }) => !isGone).length < 2) return;
      device.tell('is lost');
      device.lose();
      return;
  }
}

/** Good weather, and time: after this nothing may be left to do. */
async function calmDown(world: World): Promise<void> {
  const { timeline, cloud, devices } = world;
  world.weather = WEATHERS.calm;
  cloud.limit({});
  cloud.evict(null);
  const live = devices.filter(({ isGone }) => !isGone);
  for (const device of live) {
    device.isOnline = true;
    device.isDiskFull = false;
    device.crashAt(null, false);
    device.restart();
  }
  let head = '';
  for (let round = 0; round < MAX_CALM_ROUNDS; round += 1) {
    await timeline.runUntil(timeline.now() + HOUR_MS);
    for (const device of live) {
      const { problem } = await timeline.drive(device.client.syncNow());
      if (problem === 'access-ended' && device.isBeingRemoved) device.isGone = true;
    }
    const now = cloud.heads();
    // Two rounds in which nothing new was said: the first may have had something left to fetch.
    if (now === head && round > 1) return;
    head = now;
  }
  world.failures.push('they go on writing for ever');
}

async function check(world: World): Promise<void> {
  const { timeline, devices, oracle, failures } = world;
  const live = devices.filter(({ isGone }) => !isGone);
  for (const device of devices) {
    if (device.isGone) oracle.doubt(device.id, device.pending(), 'unsent');
  }
  const held: { readonly name: string; readonly rows: ReadonlyMap<string, RowState> }[] = [];
  for (const { name, client, data, unexpected } of live) {
    const { state, pending, problem, heldBack, setAside } = await timeline.drive(client.status());
    const status = JSON.stringify({ state, pending, problem, heldBack, setAside });
    if (status !== IN_SYNC) failures.push(`${name}: ${status}`);
    // A full disk is said and passes; anything else would be a bug.
    failures.push(
      ...unexpected.filter((text) => !text.includes(DISK_FULL)).map((text) => `${name}: ${text}`),
    );
    held.push({ name, rows: await timeline.drive(data.rows()) });
  }
  const expected = oracle.expected(held.map(({ rows }) => rows));
  for (const { name, rows } of held) {
    for (const row of new Set([...expected.keys(), ...rows.keys()])) {
      const state = rows.get(row);
      const [wanted, got] = [expected.get(row), state && observedRow(state)].map((one) =>
        canonical(oracle.areLosersExact() ? one : one?.registers),
      );
      if (wanted !== got) {
        failures.push(`${name} ${row}:\n  wanted ${String(wanted)}\n  got    ${String(got)}`);
      }
    }
  }
  for (const disk of world.cloud.disks.values()) {
    if (disk.everything().includes('plain')) failures.push('the worker holds plain text');
  }
  const [first, ...others] = held;
  for (const { name, rows } of others) {
    for (const [row, state] of rows) {
      const [here, there] = [state, first?.rows.get(row)].map(packed);
      if (here !== there) {
        failures.push(
          `${row} differs:\n  ${String(first?.name)} ${String(there)}\n  ${name} ${String(here)}`,
        );
      }
    }
  }
}

const IN_SYNC = '{"state":"idle","pending":0,"problem":null,"heldBack":0,"setAside":0}';

const packed = (state: RowState | undefined): string =>
  state ? JSON.stringify(packRow(state)) : 'nothing';

const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  ) ?? 'nothing';
