import { readFileSync } from 'node:fs';
import type { Answered } from './extension/answering.ts';

const HOSTS = new Set([
  'outlook.office.com',
  'outlook.office365.com',
  'outlook.live.com',
  'outlook.cloud.microsoft',
]);

export const isOutlook = ({ hostname }: URL): boolean => HOSTS.has(hostname);

/** Any page of Outlook is the fixture that its query names: `/mail/inbox?page=thread-en`. */
export function outlookResponse({ searchParams }: URL): Answered {
  const name = searchParams.get('page') ?? 'not-started';
  if (!/^[a-z-]+$/.test(name)) throw new Error(`no fixture is called ${name}`);
  const fixture = new URL(`../fixtures/outlook/${name}.html`, import.meta.url);
  return {
    status: 200,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: readFileSync(fixture, 'utf8'),
  };
}
