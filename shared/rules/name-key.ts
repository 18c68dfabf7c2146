/** Stands for "nobody" where an answer names a contact: the name is not asked about at all. */
export const NOBODY = '';

/**
 * Two names are the same whatever the order of their parts, their case, their accents and what is
 * put behind them in brackets: "Virtanen, Anna (Acme)" is "Anna Virtanen".
 */
export const nameKeyOf = (name: string, fold: (text: string) => string): string =>
  fold(name.replaceAll(/\([^()]*\)/g, ' '))
    .split(/[\s,]+/)
    .filter(Boolean)
    .toSorted()
    .join(' ');

/** Under what an answer is kept: the own mailbox, the name as it is compared, and the contact. */
export const nameAnswerKey = (account: string | null, nameKey: string, contactId: string): string =>
  JSON.stringify([account ?? '', nameKey, contactId]);

export interface NameAnswerKey {
  readonly account: string;
  readonly nameKey: string;
  readonly contactId: string;
}

/** Null for what a newer version, or nobody, has written. */
export function readNameAnswerKey(key: string): NameAnswerKey | null {
  try {
    const parts: unknown = JSON.parse(key);
    if (!Array.isArray(parts) || parts.length !== 3) return null;
    const [account, nameKey, contactId]: unknown[] = parts;
    return typeof account === 'string' &&
      typeof nameKey === 'string' &&
      typeof contactId === 'string'
      ? { account, nameKey, contactId }
      : null;
  } catch {
    return null;
  }
}
