import * as v from 'valibot';

const decoder = new TextDecoder();

/** Null for what is no JSON or not of the given form: everything from outside passes through here. */
export function parseJson<Output>(
  json: string | Uint8Array,
  schema: v.GenericSchema<unknown, Output>,
): Output | null {
  try {
    const text = typeof json === 'string' ? json : decoder.decode(json);
    const parsed = v.safeParse(schema, JSON.parse(text));
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}

/** Objects and arrays inside each other, at most so many. */
export const isNestedWithin = (value: unknown, levels: number): boolean =>
  typeof value !== 'object' ||
  value === null ||
  (levels > 0 && Object.values(value).every((inner) => isNestedWithin(inner, levels - 1)));
