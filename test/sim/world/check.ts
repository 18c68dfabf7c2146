import type { RowState } from '../../../shared/merge.ts';
import { packRow } from '../../../shared/row.ts';
import { DISK_FULL } from './device.ts';
import { observedRow, type Rows } from './oracle.ts';
import type { Plan } from './plan.ts';
import { liveOf, type World } from './world.ts';

const IN_SYNC = '{"state":"idle","pending":0,"problem":null,"heldBack":0,"setAside":0}';

interface Holding {
  readonly name: string;
  readonly rows: Rows;
}

/** Everyone holds the same, it is what the oracle says, nobody has anything left to send or to say. */
export async function check(world: World, plan: Plan): Promise<void> {
  const { timeline, oracle, failures, devices, isSuspect } = world;
  for (const device of devices.filter(({ isGone }) => isGone)) {
    // What only it and the storage knew is lost with both.
    const rows = isSuspect ? oracle.rows() : device.pending();
    oracle.doubt(device.id, rows, 'unsent');
  }
  const held: Holding[] = [];
  for (const { name, client, data, unexpected } of liveOf(world)) {
    const { state, pending, problem, heldBack, setAside } = await timeline.drive(client.status());
    const status = JSON.stringify({ state, pending, problem, heldBack, setAside });
    if (status !== IN_SYNC) failures.push(`${name}: ${status}`);
    // A full disk is said and passes; anything else would be a bug.
    failures.push(
      ...unexpected.filter((text) => !text.includes(DISK_FULL)).map((text) => `${name}: ${text}`),
    );
    held.push({ name, rows: await timeline.drive(data.rows()) });
  }
  failures.push(...differences(held), ...againstOracle(world, plan, held), ...leaks(world));
}

function againstOracle({ oracle }: World, plan: Plan, held: readonly Holding[]): string[] {
  const expected = oracle.expected(held.map(({ rows }) => rows));
  // Deleted long ago, everywhere forgotten, and edited by someone who was away: who is right is
  // nobody's to say, as long as all hold the same.
  const mayBeForgotten = plan.steps.some((step) => step.do === 'months');
  const [{ name, rows } = { name: 'nobody', rows: new Map() }] = held;
  return [...new Set([...expected.keys(), ...rows.keys()])].flatMap((row) => {
    if (mayBeForgotten && oracle.wasDeleted(row)) return [];
    const state = rows.get(row);
    const [wanted, got] = [expected.get(row), state && observedRow(state)].map((one) =>
      canonical(oracle.areLosersExact() ? one : one?.registers),
    );
    return wanted === got
      ? []
      : [`${name} ${row}:\n  wanted ${String(wanted)}\n  got    ${String(got)}`];
  });
}

function differences([first, ...others]: readonly Holding[]): string[] {
  return others.flatMap(({ name, rows }) =>
    [...new Set([...rows.keys(), ...(first?.rows.keys() ?? [])])].flatMap((row) => {
      const [here, there] = [rows.get(row), first?.rows.get(row)].map(packed);
      return here === there
        ? []
        : [`${row} differs:\n  ${String(first?.name)} ${String(there)}\n  ${name} ${String(here)}`];
    }),
  );
}

const leaks = ({ cloud }: World): string[] =>
  [...cloud.disks.values()].some((disk) => disk.everything().includes('plain'))
    ? ['the worker holds plain text']
    : [];

const packed = (state: RowState | undefined): string =>
  state ? JSON.stringify(packRow(state)) : 'nothing';

const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  ) ?? 'nothing';
