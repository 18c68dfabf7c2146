import * as v from 'valibot';
import { addressSchema } from '../../../shared/model/values.ts';
import type { MainstayDatabase } from '../../db/database.ts';
import { readMarks } from '../../db/marks-query.ts';
import { ok } from '../../messaging/messages.ts';
import { open, type Handlers } from '../../messaging/receive.ts';
import { MAX_ADDRESSES } from './limits.ts';
import type { ListMarksMessages } from './messages.ts';

export interface ListMarksDeps {
  readonly db: MainstayDatabase;
  readonly now: () => number;
}

/** One odd address must not take the marks of the others: it becomes an empty one, which is nobody's. */
const addressesSchema = v.pipe(
  v.array(v.string()),
  v.maxLength(MAX_ADDRESSES),
  v.transform((addresses) =>
    addresses.map((address) => {
      const parsed = v.safeParse(addressSchema, address);
      return parsed.success ? parsed.output : '';
    }),
  ),
);

export function listMarksHandlers({ db, now }: ListMarksDeps): Handlers<ListMarksMessages> {
  return {
    'marks.read': open(v.strictObject({ addresses: addressesSchema }), async ({ addresses }) => {
      const asked = new Set(addresses.filter((address) => address !== ''));
      const marks = await readMarks(db, [...asked], now());
      return ok(addresses.map((address) => marks.get(address) ?? null));
    }),
  };
}
