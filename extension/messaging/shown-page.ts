import * as v from 'valibot';
import type { ShownPage } from '../sites/snapshot.ts';

/** More is cut off: no page needs it, and it would only slow down who looks at it. */
const MAX_LETTERS = 2000;
const MAX_PEOPLE = 500;
const text = v.pipe(
  v.string(),
  v.transform((whole) => whole.slice(0, MAX_LETTERS)),
);
const nullableText = v.nullable(text);
const role = v.picklist(['sender', 'recipient', 'cc', 'mentioned']);

const threadSchema = v.object({
  host: text,
  account: nullableText,
  layout: text,
  threadId: nullableText,
  threadUrl: nullableText,
  subject: text,
  lastMessage: v.nullable(
    v.object({ id: nullableText, from: nullableText, dateText: nullableText }),
  ),
  people: v.pipe(
    v.array(
      v.object({
        address: text,
        name: text,
        role,
      }),
    ),
    v.transform((all) => all.slice(0, MAX_PEOPLE)),
  ),
  named: v.optional(
    v.pipe(
      v.array(v.object({ name: text, role })),
      v.transform((all) => all.slice(0, MAX_PEOPLE)),
    ),
  ),
  clues: v.exactOptional(
    v.object({ profiles: v.array(text), phones: v.array(text), domain: nullableText }),
  ),
  personName: v.exactOptional(text),
  day: v.exactOptional(v.pipe(v.string(), v.isoDate())),
});

/** A content script lives in the page's process, so what it tells is checked like a stranger's word. */
const schema: v.GenericSchema<unknown, ShownPage> = v.variant('kind', [
  v.object({ kind: v.literal('thread'), snapshot: threadSchema }),
  v.object({ kind: v.literal('none') }),
  v.object({ kind: v.literal('unreadable') }),
]);

export function parseShownPage(told: unknown): ShownPage {
  const parsed = v.safeParse(schema, told);
  return parsed.success ? parsed.output : { kind: 'unreadable' };
}
