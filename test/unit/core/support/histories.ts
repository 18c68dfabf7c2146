import fc from 'fast-check';
import {
  hlcOf,
  maxHlc,
  tick,
  toStamp,
  type DeviceId,
  type Hlc,
  type Stamp,
} from '../../../../shared/clock.ts';
import {
  editRow,
  emptyState,
  latestStamp,
  mergeRows,
  type Json,
  type RowState,
} from '../../../../shared/merge.ts';

/** fast-check prints it with the failing path; a failing history is repeated by pasting both. */
export const SEED = 20_261_122;

export const deviceId = (index: number): DeviceId =>
  `d${index.toString(16).padStart(15, '0')}` as DeviceId;

export type Step =
  | { readonly do: 'edit'; readonly device: number; readonly patch: Readonly<Record<string, Json>> }
  | { readonly do: 'sync'; readonly from: number; readonly to: number }
  /** The device's wall clock jumps, forwards or backwards. */
  | { readonly do: 'clock'; readonly device: number; readonly byMs: number };

/** One edit of one path, as the oracle remembers it. */
export interface Edit {
  readonly path: string;
  readonly stamp: Stamp;
  readonly value: Json;
}

/** What a device must know, kept as plain sets beside the real thing. */
interface Known {
  readonly edits: ReadonlyMap<string, Edit>;
  /** Edits that someone overwrote while looking at them. */
  readonly overwritten: ReadonlySet<string>;
}

export interface Device {
  readonly state: RowState;
  readonly clock: Hlc | null;
  readonly wallMs: number;
  readonly known: Known;
}

const START_MS = Date.UTC(2026, 0, 1);
/** `emails` as a value: what a version of the software wrote that did not know it as a set. */
const PATHS = [
  'name',
  'tier',
  'notes',
  'emails',
  'emails/noa@levi.example',
  'emails/dan@levi.example',
];

const patchArbitrary = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .uniqueArray(fc.constantFrom(...PATHS), { minLength: 1, maxLength: 3 })
      .chain((paths) =>
        fc.record(Object.fromEntries(paths.map((path) => [path, fc.integer({ max: 9, min: 0 })]))),
      ),
  },
  { weight: 1, arbitrary: fc.constant({ deleted: true }) },
  { weight: 1, arbitrary: fc.constant({ deleted: false }) },
);

export const historyArbitrary = (devices: number, maxLength: number): fc.Arbitrary<Step[]> => {
  const device = fc.nat({ max: devices - 1 });
  const step: fc.Arbitrary<Step> = fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({ do: fc.constant('edit' as const), device, patch: patchArbitrary }),
    },
    {
      weight: 4,
      arbitrary: fc.record({ do: fc.constant('sync' as const), from: device, to: device }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant('clock' as const),
        device,
        byMs: fc.integer({ min: -100_000, max: 100_000 }),
      }),
    },
  );
  return fc.array(step, { minLength: 1, maxLength });
};

export const newDevices = (count: number): Device[] =>
  Array.from({ length: count }, () => ({
    state: emptyState,
    clock: null,
    wallMs: START_MS,
    known: { edits: new Map(), overwritten: new Set() },
  }));

/** Applies the step in place; returns the index of the device that changed. */
export function take(devices: Device[], step: Step): number {
  switch (step.do) {
    case 'edit':
      replace(devices, step.device, (device) => edited(device, deviceId(step.device), step.patch));
      return step.device;
    case 'sync': {
      const from = devices[step.from];
      if (from) replace(devices, step.to, (to) => synced(to, from));
      return step.to;
    }
    case 'clock':
      replace(devices, step.device, (device) => ({ ...device, wallMs: device.wallMs + step.byMs }));
      return step.device;
  }
}

export const dotOf = ({ path, stamp }: Pick<Edit, 'path' | 'stamp'>): string => `${stamp} ${path}`;

/** What the oracle says must be visible: everything known that nobody overwrote knowingly. */
export const visibleBy = ({ known }: Device): Edit[] =>
  [...known.edits.values()].filter((edit) => !known.overwritten.has(dotOf(edit)));

/** Everyone sends everything to the first, and takes everything back. */
export function exchangeAll(devices: Device[]): void {
  for (let index = 1; index < devices.length; index++) {
    take(devices, { do: 'sync', from: index, to: 0 });
  }
  for (let index = 1; index < devices.length; index++) {
    take(devices, { do: 'sync', from: 0, to: index });
  }
}

function replace(devices: Device[], index: number, change: (device: Device) => Device): void {
  const device = devices[index];
  if (device) devices[index] = change(device);
}

function edited(device: Device, id: DeviceId, patch: Readonly<Record<string, Json>>): Device {
  const wallMs = device.wallMs + 1;
  const clock = tick(device.clock, wallMs);
  const stamp = toStamp(clock, id);
  const edits = new Map(device.known.edits);
  const overwritten = new Set(device.known.overwritten);
  for (const [path, value] of Object.entries(patch)) {
    for (const place of [path, ...setOf(path)]) {
      const shown = shownAt(device, place);
      if (shown) overwritten.add(dotOf(shown));
    }
    const edit = { path, stamp, value };
    edits.set(dotOf(edit), edit);
  }
  return {
    state: editRow(device.state, patch, stamp),
    clock,
    wallMs,
    known: { edits, overwritten },
  };
}

/** The current value: none where a set has taken its place. */
function shownAt(device: Device, path: string): Edit | null {
  const edits = visibleBy(device);
  const isDisplaced = [...device.known.edits.values()].some((edit) => setOf(edit.path)[0] === path);
  if (isDisplaced) return null;
  return edits
    .filter((edit) => edit.path === path)
    .reduce<Edit | null>((a, b) => (a && a.stamp > b.stamp ? a : b), null);
}

const setOf = (path: string): string[] =>
  path.includes('/') ? [path.slice(0, path.indexOf('/'))] : [];

function synced(to: Device, from: Device): Device {
  const latest = latestStamp(from.state);
  const theirs = latest && hlcOf(latest);
  const clock = theirs === null ? to.clock : to.clock === null ? theirs : maxHlc(to.clock, theirs);
  return {
    ...to,
    state: mergeRows(to.state, from.state),
    clock,
    known: {
      edits: new Map([...to.known.edits, ...from.known.edits]),
      overwritten: new Set([...to.known.overwritten, ...from.known.overwritten]),
    },
  };
}
