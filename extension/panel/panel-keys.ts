import { quickLogKinds } from '../../shared/model/kinds.ts';
import { kindKeys } from '../features/quick-log/kind-keys.ts';
import type { TextKey } from '../ui/translate.ts';

export interface PanelKey {
  readonly key: string;
  /** What is clicked, or, when it is a field, entered. */
  readonly selector: string;
  readonly text: TextKey;
}

/** One letter each, while the focus is in the panel and in none of its fields. */
export const panelKeys: readonly PanelKey[] = [
  ...quickLogKinds.map((kind): PanelKey => {
    return { key: kindKeys[kind], selector: `[data-action=log-${kind}]`, text: `log_${kind}` };
  }),
  { key: 'l', selector: '[data-field=typed-line]', text: 'typeLine' },
  { key: 'p', selector: '[data-action=promise]', text: 'promiseAdd' },
  { key: 'a', selector: '[data-action=add-client]', text: 'addClient' },
  { key: 'u', selector: '[data-action=undo]', text: 'undo' },
];

type Pressed = Pick<KeyboardEvent, 'key' | 'code'>;

/** The Latin letter of a key: on a Hebrew keyboard the key of "E" types "ק" and is meant as "E". */
export const letterOf = ({ key, code }: Pressed): string =>
  (/^[ -~]$/.test(key) ? key : code.replace(/^Key/, '')).toLowerCase();
