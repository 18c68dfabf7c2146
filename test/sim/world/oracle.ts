import { deviceOf, hlcOf, type DeviceId, type Stamp } from '../../../shared/clock.ts';
import { DELETED_PATH, MAX_LOSERS, type Json, type RowState } from '../../../shared/merge.ts';
import type { Edited } from './local-data.ts';

/** Names one path of one edit in its row: no two edits of a device have the same stamp. */
type Dot = string;
const dotOf = (path: string, stamp: Stamp): Dot => `${stamp} ${path}`;

interface Edit {
  readonly row: string;
  readonly path: string;
  readonly value: Json;
  readonly stamp: Stamp;
  /** What its author saw there and wrote over. */
  readonly over: readonly Dot[];
  doubt: Doubt | null;
  /** Its device was put back, the storage went back: whoever else holds it decides whether it counts. */
  isForgottenHere: boolean;
  isForgottenThere: boolean;
  /** Written over by its own author, whose stamp has been put right since and may now be lower. */
  isBuried: boolean;
}

/**
 * Why an edit need not have reached the others: its device is gone and had not sent the row yet, or
 * its device no longer remembers it, because it was put back to an older copy.
 */
type Doubt = 'unsent' | 'forgotten';

export interface ExpectedRow {
  readonly registers: Readonly<Record<string, { readonly value: Json; readonly stamp: Stamp }>>;
  readonly losers: readonly Dot[];
}

/**
 * What everyone must see in the end, worked out from the edits alone and without any of the code that
 * merges: per path the latest stamp wins, and what nobody has knowingly written over stays visible.
 */
export interface Oracle {
  edited(edited: Edited): void;
  /** The same edits under other stamps. */
  restamped(row: string, device: DeviceId, before: RowState, after: RowState): void;
  doubt(device: DeviceId, rows: ReadonlySet<string>, why: Doubt): void;
  /** A device is as it was at its backup; the rows waited to be sent. */
  putBack(device: DeviceId, rows: ReadonlySet<string>): void;
  /** The worker may have lost all that it was given so far. */
  storageWentBack(): void;
  /** By row. `held`: what the devices that are left hold; it decides only about edits in doubt. */
  expected(held: readonly Rows[]): ReadonlyMap<string, ExpectedRow>;
  /** Every row that was ever edited. */
  rows(): ReadonlySet<string>;
  wasDeleted(row: string): boolean;
  /** A device put back to an older copy can lose a loser, never a value (docs/decisions/merging.md). */
  areLosersExact(): boolean;
}

export type Rows = ReadonlyMap<string, RowState>;

export function createOracle(): Oracle {
  const edits = new Map<string, Edit>();
  /** Edits whose stamps were put right: by their first name what they are called now. */
  const renames = new Map<string, string>();
  const crowdedOut = new Set<string>();
  const devicesPutBack = new Set<DeviceId>();
  let areLosersExact = true;

  function isCounted(
    { row, path, stamp, doubt, isForgottenHere, isForgottenThere }: Edit,
    held: readonly Rows[],
  ): boolean {
    const isForgotten = doubt === 'forgotten' || (isForgottenHere && isForgottenThere);
    if (doubt === null && !isForgotten) return true;
    return held.some((rows) => {
      const state = rows.get(row);
      if (!state) return false;
      const dots = observedDots(state);
      if (isForgotten) {
        return dots.some((dot) => dot.path === path && dot.stamp === stamp);
      }
      // A row goes as a whole: whoever has a later edit of that author in it has this one as well.
      const author = deviceOf(stamp);
      const seen = state.seen[author];
      return (
        (seen !== undefined && hlcOf(stamp) <= seen) ||
        dots.some((dot) => deviceOf(dot.stamp) === author && stamp <= dot.stamp)
      );
    });
  }

  /**
   * Who writes over an edit writes over what that one has written over, even where nobody else has
   * ever held the edit in between: its author, of all people, had seen both.
   */
  function writtenOver({ row, over }: Edit, names = new Set<string>()): ReadonlySet<string> {
    for (const name of over.map((dot) => `${row} ${dot}`)) {
      const edit = names.has(name) ? undefined : edits.get(name);
      names.add(name);
      if (edit) writtenOver(edit, names);
    }
    return names;
  }

  /**
   * A device that was put back to a copy has edits under stamps that it has put right since. What was
   * ahead then may be past by now: it sends the same edits a second time, and as good as any.
   */
  function underFirstNames(held: readonly Rows[]): [string, Edit][] {
    const dots = held.flatMap((rows) =>
      [...rows].flatMap(([row, state]) => observedDots(state).map((dot) => ({ ...dot, row }))),
    );
    return dots.flatMap(({ row, path, stamp }): [string, Edit][] => {
      const name = `${row} ${dotOf(path, stamp)}`;
      const edit = edits.get(renames.get(name) ?? '');
      const isAgain = edit && !edits.has(name) && devicesPutBack.has(deviceOf(stamp));
      return isAgain ? [[name, { ...edit, stamp, isBuried: false }]] : [];
    });
  }

  return {
    edited({ row, wrote, stamp, before }) {
      const known = before?.registers ?? {};
      const sets = setsIn([...Object.keys(known), ...Object.keys(wrote)]);
      for (const [path, value] of Object.entries(wrote)) {
        // Whatever stood in its place: itself, and a plain value under the name of its set.
        const over = [path, ...setsIn([path])].flatMap((place) => {
          const register = known[place];
          return register ? [dotOf(place, register.stamp)] : [];
        });
        edits.set(`${row} ${dotOf(path, stamp)}`, {
          row,
          path,
          value,
          stamp,
          over,
          doubt: null,
          isForgottenHere: false,
          isForgottenThere: false,
          isBuried: false,
        });
      }
      // The one case in which a visible loser goes without anyone having looked at it.
      const losers = [
        ...(before?.losers ?? []).map((loser) => dotOf(loser.path, loser.stamp)),
        ...Object.keys(wrote)
          .filter((path) => sets.has(path))
          .map((path) => dotOf(path, stamp)),
      ];
      for (const dot of losers.toSorted().toReversed().slice(MAX_LOSERS)) {
        crowdedOut.add(`${row} ${dot}`);
      }
    },

    restamped(row, device, before, after) {
      const renamed = renamedStamps(before, after);
      const first = [...renamed.values()].toSorted()[0];
      if (first === undefined) return;
      const visible = new Set(observedDots(before).map(({ path, stamp }) => dotOf(path, stamp)));
      const rename = (dot: Dot): Dot => {
        const [stamp = '', ...path] = dot.split(' ');
        return [renamed.get(stamp) ?? stamp, ...path].join(' ');
      };
      const ofRow = [...edits].filter(([, edit]) => edit.row === row);
      for (const [name] of ofRow) edits.delete(name);
      for (const [, edit] of ofRow) {
        const stamp = renamed.get(edit.stamp);
        const isOwn = deviceOf(edit.stamp) === device;
        const isCovered = !visible.has(dotOf(edit.path, edit.stamp)) && edit.stamp > first;
        const isBuried = edit.isBuried || (isOwn && isCovered);
        const next = { ...edit, isBuried, stamp: stamp ?? edit.stamp, over: edit.over.map(rename) };
        const name = `${row} ${dotOf(next.path, next.stamp)}`;
        edits.set(name, next);
        if (stamp !== undefined) renames.set(`${row} ${dotOf(edit.path, edit.stamp)}`, name);
      }
      // A device that was put back to a copy has the stamp of before again, and puts it right once
      // more: the same edit a second time, by an author who no longer knows of the first.
      for (const { path, stamp: old } of observedDots(before)) {
        const stamp = renamed.get(old);
        const was = edits.get(renames.get(`${row} ${dotOf(path, old)}`) ?? '');
        if (stamp === undefined || !was || was.stamp === stamp) continue;
        const name = `${row} ${dotOf(path, stamp)}`;
        const over = [...was.over.map(rename), dotOf(path, was.stamp)];
        edits.set(name, { ...was, stamp, over, doubt: null, isBuried: false });
        renames.set(`${row} ${dotOf(path, old)}`, name);
      }
    },

    putBack(device, rows) {
      this.doubt(device, rows, 'forgotten');
      devicesPutBack.add(device);
      for (const edit of edits.values()) {
        if (deviceOf(edit.stamp) === device) edit.isForgottenHere = true;
      }
    },

    storageWentBack() {
      for (const edit of edits.values()) edit.isForgottenThere = true;
    },

    doubt(device, rows, why) {
      if (why === 'forgotten') areLosersExact = false;
      for (const edit of edits.values()) {
        const isOf = deviceOf(edit.stamp) === device && rows.has(edit.row);
        if (isOf) edit.doubt = edit.doubt === 'forgotten' ? 'forgotten' : why;
      }
    },

    expected(held) {
      const counted = new Map([
        ...[...edits].filter(([, edit]) => isCounted(edit, held)),
        ...underFirstNames(held),
      ]);
      const gone = new Set(crowdedOut);
      for (const edit of counted.values()) writtenOver(edit).forEach((name) => gone.add(name));
      const rows = Map.groupBy(counted, ([, { row }]) => row);
      return new Map(
        [...rows].map(([row, ofRow]) => [
          row,
          expectedRow(
            ofRow.filter(([, { isBuried }]) => !isBuried).map(([, edit]) => edit),
            ofRow
              .filter(([name, { isBuried }]) => !isBuried && !gone.has(name))
              .map(([, edit]) => edit),
          ),
        ]),
      );
    },

    rows: () => new Set([...edits.values()].map(({ row }) => row)),
    wasDeleted: (name) =>
      [...edits.values()].some(
        ({ row, path, value }) => row === name && path === DELETED_PATH && value === true,
      ),
    areLosersExact: () => areLosersExact,
  };
}

/** Nothing but stamps is different, and their order is as it was. */
function renamedStamps(before: RowState, after: RowState): Map<string, Stamp> {
  const named = ({ registers, losers }: RowState): { key: string; stamp: Stamp }[] =>
    [
      ...Object.entries(registers).map(([path, { stamp }]) => ({ key: path, stamp })),
      ...losers.map(({ path, value, stamp }) => ({
        key: `${path} ${JSON.stringify(value)}`,
        stamp,
      })),
    ].toSorted((a, b) => (a.key + a.stamp < b.key + b.stamp ? -1 : 1));
  const renamed = new Map<string, Stamp>();
  const now = named(after);
  named(before).forEach(({ stamp }, index) => {
    const next = now[index]?.stamp;
    if (next !== undefined && next !== stamp) renamed.set(stamp, next);
  });
  return renamed;
}

function expectedRow(edits: readonly Edit[], visible: readonly Edit[]): ExpectedRow {
  const sets = setsIn(edits.map(({ path }) => path));
  const winners = new Map<string, Edit>();
  for (const edit of edits) {
    const known = winners.get(edit.path);
    // A set has no place for a plain value under the same name.
    if (!sets.has(edit.path) && (!known || edit.stamp > known.stamp)) winners.set(edit.path, edit);
  }
  return {
    registers: Object.fromEntries(
      [...winners].map(([path, { value, stamp }]) => [path, { value, stamp }]),
    ),
    losers: visible
      .filter((edit) => winners.get(edit.path) !== edit)
      .map(({ path, stamp }) => dotOf(path, stamp))
      .toSorted(),
  };
}

const observedDots = ({ registers, losers }: RowState) => [
  ...Object.entries(registers).map(([path, { stamp }]) => ({ path, stamp })),
  ...losers,
];

/** What a device holds, in the oracle's words. */
export const observedRow = ({ registers, losers }: RowState): ExpectedRow => ({
  registers,
  losers: losers.map(({ path, stamp }) => dotOf(path, stamp)).toSorted(),
});

/** The names under which there are sets. */
const setsIn = (paths: readonly string[]): ReadonlySet<string> =>
  new Set(paths.flatMap((path) => (path.includes('/') ? [path.slice(0, path.indexOf('/'))] : [])));
