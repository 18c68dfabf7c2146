import { failed, type Answer, type ErrorCode } from '../messaging/messages.ts';

/** Which error of the database means what for the user. Names are Dexie's and the platform's. */
const CODE_BY_NAME: Readonly<Record<string, ErrorCode>> = {
  QuotaExceededError: 'storage-full',
  VersionError: 'storage-newer',
  BlockedError: 'storage-blocked',
  DatabaseClosedError: 'storage-failed',
  OpenFailedError: 'storage-failed',
  InvalidStateError: 'storage-failed',
  UnknownError: 'storage-failed',
  MissingAPIError: 'storage-failed',
};

/** What a thrown error of the database means; null when it is not the database's. */
export function storageErrorCode(error: unknown): ErrorCode | null {
  for (const name of namesOf(error)) {
    const code = CODE_BY_NAME[name];
    if (code) return code;
  }
  return null;
}

export const storageFailure = (error: unknown): Answer<never> | null => {
  const code = storageErrorCode(error);
  return code && failed(code, namesOf(error).join(' > '));
};

/**
 * Dexie wraps the platform's error as `inner`, a failed transaction wraps Dexie's, and a bulk write
 * lists what failed as `failures`.
 */
function namesOf(error: unknown): string[] {
  const names: string[] = [];
  let current: unknown = error;
  for (let depth = 0; depth < 4 && typeof current === 'object' && current !== null; depth++) {
    if ('name' in current && typeof current.name === 'string') names.unshift(current.name);
    const { inner, failures } = current as {
      readonly inner?: unknown;
      readonly failures?: unknown;
    };
    current = inner ?? (Array.isArray(failures) ? failures[0] : null);
  }
  return names;
}

interface StorageManagerLike {
  persisted?(): Promise<boolean>;
  persist?(): Promise<boolean>;
}

/** Asks the browser not to evict the data under disk pressure; true when it has agreed. */
export async function askForPersistence(storage: StorageManagerLike | undefined): Promise<boolean> {
  try {
    if (await storage?.persisted?.()) return true;
    return (await storage?.persist?.()) ?? false;
  } catch {
    return false;
  }
}
