import type { quickLogKinds } from '../../../shared/model/kinds.ts';

/** The letter that does what the button does, while the focus is in the panel. */
export const kindKeys: Readonly<Record<(typeof quickLogKinds)[number], string>> = {
  email: 'e',
  call: 'c',
  meeting: 'm',
  message: 't',
  note: 'n',
};
