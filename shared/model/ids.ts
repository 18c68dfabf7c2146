import * as v from 'valibot';

export type ClientId = string & { readonly __brand: 'ClientId' };
export type ContactId = string & { readonly __brand: 'ContactId' };
export type InteractionId = string & { readonly __brand: 'InteractionId' };
export type PromiseId = string & { readonly __brand: 'PromiseId' };
export type TimeEntryId = string & { readonly __brand: 'TimeEntryId' };

/** Rows whose id starts so are sample data: they never leave the device and go without a trace. */
export const SAMPLE_PREFIX = 'sample-';
const ID = /^[A-Za-z0-9_-]{8,64}$/;

const idSchema = v.pipe(v.string(), v.regex(ID));
export const clientIdSchema = v.pipe(
  idSchema,
  v.transform((id) => id as ClientId),
);
export const contactIdSchema = v.pipe(
  idSchema,
  v.transform((id) => id as ContactId),
);
export const interactionIdSchema = v.pipe(
  idSchema,
  v.transform((id) => id as InteractionId),
);
export const promiseIdSchema = v.pipe(
  idSchema,
  v.transform((id) => id as PromiseId),
);
export const timeEntryIdSchema = v.pipe(
  idSchema,
  v.transform((id) => id as TimeEntryId),
);

export const isSample = (id: string): boolean => id.startsWith(SAMPLE_PREFIX);

/** 128 random bits in 22 URL-safe characters; `like` is an id whose sample mark is inherited. */
// The caller says which row it names: nothing else in the program makes a branded id.
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters
export function newId<Id extends string>(
  randomBytes: (length: number) => Uint8Array,
  like = '',
): Id {
  const text = btoa(String.fromCharCode(...randomBytes(16)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
  return `${isSample(like) ? SAMPLE_PREFIX : ''}${text}` as Id;
}
