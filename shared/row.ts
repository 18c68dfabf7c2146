import { hlcOf, isDeviceId, isHlc, isStamp, type DeviceId, type Hlc, type Stamp } from './clock.ts';
import type { Json, Loser, Register, RowState } from './merge.ts';

/**
 * How a row is stored and sent: its fields as the application reads them, and beside them the
 * clocks. A plain object as a field's value is a set with one register per key (`emails`), anything
 * else is one register, so that an older version can carry a newer version's fields unread.
 */
export type FieldValue = Json | Readonly<Record<string, Json>>;
export type Fields = Readonly<Record<string, FieldValue>>;

export interface RowMeta {
  /** The stamp of every register not named in `clocks`: the row's lowest, so usually its creation. */
  readonly base: Stamp;
  readonly clocks?: Readonly<Record<string, Stamp>>;
  readonly losers?: readonly Loser[];
  readonly seen?: Readonly<Record<DeviceId, Hlc>>;
}

export interface PackedRow {
  readonly fields: Fields;
  readonly meta: RowMeta;
}

/** Names that would reach an object's prototype when a row from outside is unpacked. */
const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

/** A field named like a method of every object would be found where it is not (`toString`). */
export const isSafePath = (path: string): boolean => {
  const parts = path.split('/');
  const isInherited = (parts[0] ?? '') in Object.prototype;
  return path.length > 0 && !isInherited && parts.every((part) => !FORBIDDEN_KEYS.has(part));
};

export function packRow(state: RowState): PackedRow {
  const fields: Record<string, FieldValue> = {};
  // In canonical order: packed rows are compared as text.
  const paths = Object.keys(state.registers).toSorted();
  let base: Stamp | undefined;
  for (const path of paths) {
    const stamp = state.registers[path]?.stamp;
    if (stamp && (base === undefined || stamp < base)) base = stamp;
  }
  if (base === undefined) throw new Error('a row without registers cannot be packed');
  const clocks: Record<string, Stamp> = {};
  for (const path of paths) {
    const register = state.registers[path];
    if (!register) continue;
    put(fields, path, register.value);
    if (register.stamp !== base) clocks[path] = register.stamp;
  }
  return {
    fields,
    meta: {
      base,
      ...(Object.keys(clocks).length > 0 && { clocks }),
      ...(state.losers.length > 0 && { losers: state.losers }),
      ...(Object.keys(state.seen).length > 0 && { seen: state.seen }),
    },
  };
}

export function unpackRow({ fields, meta }: PackedRow): RowState {
  const registers: Record<string, Register> = {};
  for (const [path, value] of Object.entries(flattenFields(fields))) {
    registers[path] = { value, stamp: meta.clocks?.[path] ?? meta.base };
  }
  return { registers, losers: meta.losers ?? [], seen: meta.seen ?? {} };
}

/**
 * The latest clock value that the row names at all: current, lost or merely seen. One too far ahead
 * is to be believed in none of these places: as seen, it would call every coming edit of a device
 * known. Read as it is packed, because every row from outside is asked for it.
 */
export function latestClock({ base, clocks, losers, seen }: RowMeta): Hlc {
  let latest: string = hlcOf(base);
  for (const stamp of Object.values(clocks ?? {})) if (stamp > latest) latest = hlcOf(stamp);
  for (const { stamp } of losers ?? []) if (stamp > latest) latest = hlcOf(stamp);
  for (const hlc of Object.values(seen ?? {})) if (hlc > latest) latest = hlc;
  return latest as Hlc;
}

/** Fields → registers' values by path. */
export function flattenFields(fields: Fields): Record<string, Json> {
  const flat: Record<string, Json> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (isSet(value)) {
      for (const [key, element] of Object.entries(value)) flat[`${name}/${key}`] = element;
    } else {
      flat[name] = value;
    }
  }
  return flat;
}

/** Checks what came from outside; what it lets through can be unpacked without surprises. */
export function isPackedRow(value: unknown): value is PackedRow {
  if (!isRecord(value) || !isRecord(value['fields']) || !isRecord(value['meta'])) return false;
  const { base, clocks = {}, losers = [], seen = {} } = value['meta'];
  return (
    isStamp(base) &&
    isRecord(clocks) &&
    Object.entries(clocks).every(([path, stamp]) => isSafePath(path) && isStamp(stamp)) &&
    Array.isArray(losers) &&
    losers.every(isLoser) &&
    isRecord(seen) &&
    Object.entries(seen).every(([device, hlc]) => isDeviceId(device) && isHlc(hlc)) &&
    // An empty set has no register, and a row without registers has no stamp.
    Object.values(value['fields']).some((field) => !isRecord(field) || !isEmpty(field)) &&
    Object.entries(value['fields']).every(
      ([name, field]) =>
        isSafePath(name) &&
        !name.includes('/') &&
        (isJson(field) ||
          (isRecord(field) &&
            Object.entries(field).every(([key, element]) => isSafePath(key) && isJson(element)))),
    )
  );
}

const isEmpty = (record: object): boolean => Object.keys(record).length === 0;

const isLoser = (value: unknown): boolean =>
  isRecord(value) &&
  typeof value['path'] === 'string' &&
  isSafePath(value['path']) &&
  isStamp(value['stamp']) &&
  isJson(value['value']);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isSet = (value: FieldValue): value is Readonly<Record<string, Json>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isJson = (value: unknown): value is Json =>
  value === null ||
  typeof value === 'string' ||
  typeof value === 'boolean' ||
  (typeof value === 'number' && Number.isFinite(value)) ||
  (Array.isArray(value) && value.every(isJson));

function put(fields: Record<string, FieldValue>, path: string, value: Json): void {
  const slash = path.indexOf('/');
  if (slash < 0) {
    fields[path] = value;
    return;
  }
  const name = path.slice(0, slash);
  const existing = fields[name];
  const set: Record<string, Json> =
    existing !== undefined && isSet(existing) ? { ...existing } : {};
  set[path.slice(slash + 1)] = value;
  fields[name] = set;
}
