import { membersOf } from '../../shared/model/values.ts';
import { phoneKey } from '../../shared/rules/phone.ts';

interface ContactFields {
  readonly phones?: unknown;
  readonly profiles?: unknown;
}

export const phoneClue = (key: string): string => `tel:${key}`;

/** What a contact is found by beside addresses; nothing for one that is deleted. */
export function clueKeysOf(
  fields: ContactFields,
  isGone: boolean,
): { readonly clueKeys?: string[] } {
  if (isGone) return {};
  const phones = elementsIn(fields.phones).flatMap((phone) => {
    const key = phoneKey(phone);
    return key === null ? [] : [phoneClue(key)];
  });
  const clueKeys = [...new Set([...phones, ...elementsIn(fields.profiles)])];
  return clueKeys.length > 0 ? { clueKeys } : {};
}

const elementsIn = (field: unknown): string[] =>
  typeof field === 'object' && field !== null && !Array.isArray(field)
    ? membersOf(field as Readonly<Record<string, boolean>>)
    : [];
