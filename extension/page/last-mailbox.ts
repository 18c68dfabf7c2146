import type { Browser } from 'wxt/browser';
import { GMAIL_URL } from './open.ts';
import { LAST_MAILBOX_KEY } from './storage-keys.ts';

type Area = Pick<Browser.storage.StorageArea, 'get' | 'set'>;

/** `outlook.live.com` counts the accounts in its path. Nothing further: what follows names an email. */
const NUMBER = /^\/mail\/\d+\//;

/** Remembers where a mailbox was opened: a draft that no email is beside belongs there. */
export async function noteMailbox(area: Area, pageUrl: string): Promise<void> {
  const { origin, pathname } = new URL(pageUrl);
  const mailbox = origin + (NUMBER.exec(pathname)?.[0] ?? '/');
  const known = (await area.get(LAST_MAILBOX_KEY))[LAST_MAILBOX_KEY];
  if (known !== mailbox) await area.set({ [LAST_MAILBOX_KEY]: mailbox });
}

/** The mailbox that was opened last; Gmail's before any was. */
export async function lastMailbox(area: Area): Promise<URL> {
  const known: unknown = (await area.get(LAST_MAILBOX_KEY))[LAST_MAILBOX_KEY];
  return new URL(typeof known === 'string' ? known : GMAIL_URL);
}
