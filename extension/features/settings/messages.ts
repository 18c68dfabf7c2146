import type { Tier } from '../../../shared/model/client-words.ts';
import type { Cadence } from '../../../shared/model/settings.ts';

export type SettingsMessages = {
  'settings.language': [{ readonly language: string | null }, { readonly undoToken: string }];
  'settings.cadence': [
    { readonly tier: Tier; readonly cadence: Cadence },
    { readonly undoToken: string },
  ];
  /** Takes back whether who is only named is somebody, by the key of the answer. */
  'settings.forgetName': [{ readonly key: string }, { readonly undoToken: string }];
  /** Takes an address or domain off the never-ask list. */
  'settings.askAgain': [{ readonly who: string }, { readonly undoToken: string }];
};
