/** Apart from the schemas, so that a page can have the words without the validator. */
export const interactionKinds = [
  'email',
  'call',
  'meeting',
  'message',
  'visit',
  'note',
  'gift',
] as const;
export type InteractionKind = (typeof interactionKinds)[number];
/** The kinds that have a quick-log button. */
export const quickLogKinds = ['email', 'call', 'meeting', 'message', 'note'] as const;
export const directions = ['in', 'out', 'both'] as const;
export type Direction = (typeof directions)[number];
