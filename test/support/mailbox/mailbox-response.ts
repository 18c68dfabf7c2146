import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { demoThreads } from './mailbox.ts';
import type { MailboxData } from './types.ts';

export interface MailboxOptions {
  /** UTC milliseconds: the threads' dates are counted back from here. */
  readonly now: number;
  /** Whose mailbox `/mail/u/0/` is. */
  readonly account: string;
  /** Whose mailboxes `/mail/u/1/`, `/mail/u/2/` … are. */
  readonly otherAccounts?: readonly string[];
}

export interface MailboxResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Every page carries what Gmail enforces: a string put into `innerHTML` or a script throws. */
const CONTENT_SECURITY_POLICY = "require-trusted-types-for 'script'";
const ASSET_PATH = /^\/mail\/mailbox\/([a-z-]+\.(?:ts|css))$/;
const PAGE_PATH = /^\/mail\/(?:u\/(\d+)\/?)?$/;
const RTL_LANGUAGES = new Set(['he', 'fa']);

/**
 * Answers a path with its query (`/mail/u/0/?lang=he`) as the demo mailbox, or null where there is
 * none. The same answers serve interception under Gmail's own address and the loopback server.
 */
export function mailboxResponse(path: string, options: MailboxOptions): MailboxResponse | null {
  const url = new URL(path, 'http://localhost');
  if (url.pathname === '/') return redirectToInbox(url);
  const asset = ASSET_PATH.exec(url.pathname)?.[1];
  if (asset !== undefined) return readAsset(asset);
  const match = PAGE_PATH.exec(url.pathname);
  if (!match) return null;
  const accounts = [options.account, ...(options.otherAccounts ?? [])];
  // By its place, as Gmail counts the accounts of one browser, or by the address itself.
  const asked = url.searchParams.get('authuser');
  const account = asked ? accounts.find((each) => each === asked) : accounts[Number(match[1] ?? 0)];
  if (account === undefined) return null;
  const { now } = options;
  return pageResponse(url, { account, now, threads: demoThreads(now, account) });
}

function redirectToInbox(url: URL): MailboxResponse {
  return { status: 302, headers: { location: `/mail/u/0/${url.search}` }, body: '' };
}

/** The page's scripts are TypeScript as everything here; the types are stripped on the way out. */
function readAsset(name: string): MailboxResponse | null {
  const isScript = name.endsWith('.ts');
  let text: string;
  try {
    text = readFileSync(new URL(`./page/${name}`, import.meta.url), 'utf8');
  } catch {
    return null;
  }
  return {
    status: 200,
    headers: headers(isScript ? 'text/javascript' : 'text/css'),
    body: isScript ? stripTypeScriptTypes(text) : text,
  };
}

function pageResponse(url: URL, data: MailboxData): MailboxResponse {
  const lang = /^[a-z]{2}$/.exec(url.searchParams.get('lang') ?? '')?.[0] ?? 'en';
  // '<' is written as an escape, so that no mail's text can end the data block.
  const json = JSON.stringify(data).replaceAll('<', '\\u003c');
  const body = `<!doctype html>
<html lang="${lang}" dir="${RTL_LANGUAGES.has(lang) ? 'rtl' : 'ltr'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>Gmail</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/mail/mailbox/style.css">
<script type="application/json" id="mailbox-data">${json}</script>
<script type="module" src="/mail/mailbox/app.ts"></script>
</head>
<body></body>
</html>
`;
  return { status: 200, headers: headers('text/html'), body };
}

const headers = (type: string): Readonly<Record<string, string>> => ({
  'content-type': `${type}; charset=utf-8`,
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'cache-control': 'no-store',
});
