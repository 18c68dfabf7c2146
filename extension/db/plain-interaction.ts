import { directions, interactionKinds } from '../../shared/model/kinds.ts';
import type { Fields, FieldValue } from '../../shared/row.ts';

/**
 * True only for what the schema accepts as well; false means nothing, the schema has to be asked. A
 * first pull checks a million of them, nearly all plain, and this takes a fifth of the schema's time.
 */
export function isPlainInteraction(id: string, fields: Fields): boolean {
  let required = 0;
  for (const name of Object.keys(fields)) {
    const value = fields[name];
    if (value === undefined || CHECKS.get(name)?.(value) !== true) return false;
    if (REQUIRED.has(name)) required += 1;
  }
  return required === REQUIRED.size && ID.test(id);
}

type Check = (value: FieldValue) => boolean;

const ID = /^[A-Za-z0-9_-]{8,64}$/;
const MAX_INSTANT = 253_402_300_799_999;
const MAX_TEXT = 500;
const MAX_MINUTES = 24 * 60;
/** Of the addresses there are, those whose form leaves nothing to ask: no port, no umlaut, no number. */
const PLAIN_URL = /^https:\/\/(?:[a-z0-9]{1,60}\.){1,8}[a-z]{2,20}\/[\w#?&=%./:@~+!-]{0,1000}$/;
const REQUIRED = new Set(['clientId', 'kind', 'at', 'createdAt']);

const isId: Check = (value) => typeof value === 'string' && ID.test(value);
const isInstant: Check = (value) => isWhole(value, MAX_INSTANT);
const isText: Check = (value) => typeof value === 'string' && value.length <= MAX_TEXT;
const isOneOf = (words: readonly string[]): Check => {
  const known = new Set<unknown>(words);
  return (value) => known.has(value);
};
const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);

const CHECKS: ReadonlyMap<string, Check> = new Map([
  ['clientId', isId],
  ['contactId', orNull(isId)],
  ['kind', isOneOf(interactionKinds)],
  ['direction', orNull(isOneOf(directions))],
  ['at', isInstant],
  ['minutes', orNull((value) => isWhole(value, MAX_MINUTES))],
  ['summary', orNull(isText)],
  ['subject', orNull(isText)],
  ['threadUrl', orNull((value) => typeof value === 'string' && PLAIN_URL.test(value))],
  ['source', orNull(isText)],
  ['createdAt', isInstant],
  ['deleted', orNull((value) => typeof value === 'boolean')],
]);

const isWhole = (value: FieldValue, max: number): boolean =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= max;
