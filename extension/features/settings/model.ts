import { signal, type ReadonlySignal } from '../../ui/signal.ts';
import { SETTINGS_ID, type Settings } from '../../../shared/model/settings.ts';
import { readNameAnswerKey } from '../../../shared/rules/name-key.ts';
import type { MainstayDatabase } from '../../db/database.ts';

/** What was answered of somebody whom a page only names. */
export interface NameAnswer {
  readonly key: string;
  readonly isSame: boolean;
  /** In which own mailbox; empty where the page did not say. */
  readonly account: string;
  /** Whom the name was asked about; null for a name that nobody is to be asked about. */
  readonly person: { readonly name: string; readonly clientName: string } | null;
  /** The name as it is compared. */
  readonly name: string;
}

export interface SettingsModel {
  readonly settings: ReadonlySignal<Settings | undefined>;
  readonly names: ReadonlySignal<readonly NameAnswer[]>;
  load(): Promise<void>;
}

export function createSettingsModel(db: MainstayDatabase): SettingsModel {
  const settings = signal<Settings | undefined>(undefined);
  const names = signal<readonly NameAnswer[]>([]);
  return {
    settings,
    names,
    async load() {
      settings.value = await db.settings.get(SETTINGS_ID);
      names.value = await readNames(db, settings.value?.nameAnswers ?? {});
    },
  };
}

async function readNames(
  db: MainstayDatabase,
  answers: NonNullable<Settings['nameAnswers']>,
): Promise<readonly NameAnswer[]> {
  const answered = Object.entries(answers).flatMap(([key, answer]) => {
    const parts = answer === false ? null : readNameAnswerKey(key);
    return parts ? [{ key, answer, ...parts }] : [];
  });
  return Promise.all(
    answered.map(async ({ key, answer, account, nameKey, contactId }) => {
      const contact = await db.contacts.get(contactId);
      const client = contact && (await db.clients.get(contact.clientId));
      const person = contact && { name: contact.name, clientName: client?.name ?? '' };
      return { key, isSame: answer === 'same', account, person: person ?? null, name: nameKey };
    }),
  );
}
