import type { Json } from '../../../shared/merge.ts';
import { weighted, type Random } from './random.ts';

/**
 * Edits that the schemas of `shared/model` allow, on a few rows and fields, so that devices get in
 * each other's way. Whatever a person could read has `plain` in it: none of it may reach the worker.
 */
export interface PlannedEdit {
  readonly do: 'edit';
  readonly device: number;
  readonly table: string;
  readonly id: string;
  readonly patch: Readonly<Record<string, Json>>;
}

type Value = (serial: number, random: Random) => Json;

const text: Value = (serial) => `plain ${String(serial)}`;
/** Some are long enough to be compressed before they are sealed. */
const note: Value = (serial, random) =>
  random.chance(0.15)
    ? `plain ${String(serial)}`.padEnd(900, ' lorem ipsum')
    : text(serial, random);
const oneOf =
  (...values: readonly [Json, ...Json[]]): Value =>
  (_, random) =>
    random.pick(values);
const member = oneOf(true, true, false);

const FIELDS: Readonly<Record<string, Readonly<Record<string, Value>>>> = {
  clients: {
    name: text,
    notes: note,
    tier: oneOf('A', 'B', 'C', null),
    cadence: oneOf([7, 14], [30, 60], null),
    'domains/plain.example': member,
    'interests/plain golf': member,
    'interests/plain wine': member,
  },
  contacts: {
    name: text,
    isKey: oneOf(true, false),
    'emails/noa@plain.example': member,
    'emails/dan@plain.example': member,
    'phones/plain 555': member,
  },
  interactions: { summary: text, kind: oneOf('call', 'email', 'note'), at: (serial) => serial },
  promises: {
    what: text,
    status: oneOf('open', 'kept', 'waived'),
    settledAt: (serial) => serial,
  },
  timeEntries: {
    note: text,
    from: oneOf('timer', 'by-hand', 'suggested'),
    minutes: (serial) => serial % 600,
  },
  settings: { language: oneOf('en', 'he'), 'touchKinds/note': oneOf(true, false, null) },
};

/** What only the newer version has: a table, a field, a value the older refuses, a value for a set. */
const NEWER_FIELDS: typeof FIELDS = {
  ...FIELDS,
  clients: {
    ...FIELDS['clients'],
    rank: text,
    tier: oneOf('A', 'S', null),
    interests: text,
  },
  approvals: { answer: text, 'voters/plain dan': member },
};

/** Nothing is deleted there: an id like the other tables' would not be one of settings. */
const SETTINGS_ID = 'settings';

/**
 * Tables that came later take some rows of an older one, with as many fields of the same sort: then
 * no random number more is drawn, and the seeds that are kept as tests go on meaning what they meant.
 */
const BESIDE_INTERACTIONS: readonly (string | undefined)[] = [
  undefined,
  'promises',
  undefined,
  'timeEntries',
];

export function editMaker(
  random: Random,
  rows: number,
): (device: number, isNewer: boolean, sameRow?: Pick<PlannedEdit, 'table' | 'id'>) => PlannedEdit {
  const breadth = 1 + random.below(6);
  const tables = { clients: 6, contacts: 2, interactions: 3, settings: random.pick([0, 0, 1]) };
  let serial = 0;
  const place = (isNewer: boolean): { readonly table: string; readonly id: string } => {
    const table = weighted(random, { ...tables, approvals: isNewer ? 2 : 0 });
    if (table === 'settings') return { table, id: SETTINGS_ID };
    const row = random.below(rows);
    return {
      table: (table === 'interactions' && BESIDE_INTERACTIONS[row % 4]) || table,
      id: `plain-row-${String(row)}`,
    };
  };
  return (device, isNewer, sameRow) => {
    serial += 1;
    const { table, id } = sameRow ?? place(isNewer);
    const edit = (patch: PlannedEdit['patch']): PlannedEdit => ({
      do: 'edit',
      device,
      table,
      id,
      patch,
    });
    if (table !== 'settings' && random.chance(0.06)) {
      return edit({ deleted: random.chance(0.7) });
    }
    const fields = Object.entries((isNewer ? NEWER_FIELDS : FIELDS)[table] ?? {});
    const patch: Record<string, Json> = {};
    for (let count = random.pick([1, 1, 1, 2, 3]); count > 0; count -= 1) {
      const [path, value] = fields[random.below(Math.min(breadth, fields.length))] ?? [];
      if (path !== undefined && value) patch[path] = value(serial, random);
    }
    return edit(patch);
  };
}
