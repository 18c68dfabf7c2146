import type { HTTPRequest, Page } from 'puppeteer-core';

export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

export type AnswerRequest = (url: string) => Answered | null;

/**
 * The mail hosts' own header, and the reason for this: under it a string that is given to `innerHTML`
 * throws, in our script as in theirs, so every test runs as the extension will.
 */
const MAIL =
  /^https:\/\/(?:mail\.google\.com|outlook\.[a-z0-9]+\.[a-z]+|outlook\.cloud\.microsoft)\//;
const trustedTypes = { 'content-security-policy': "require-trusted-types-for 'script'" };

/** Every request of the page is answered by us, goes to loopback, or is refused. */
export async function answerRequests(page: Page, answer: AnswerRequest): Promise<void> {
  page.on('request', (request) => {
    void settle(request, answer).catch(() => {
      // The page went away under its own request.
    });
  });
  await page.setRequestInterception(true);
}

async function settle(request: HTTPRequest, answer: AnswerRequest): Promise<void> {
  if (request.isInterceptResolutionHandled()) return;
  const url = request.url();
  const answered = answer(url);
  if (answered) {
    const headers = lowerCaseKeys(answered.headers);
    await request.respond({
      status: answered.status,
      headers: MAIL.test(url) ? { ...headers, ...trustedTypes } : headers,
      body: answered.body,
    });
  } else if (isLocal(url)) {
    await request.continue();
  } else {
    await request.abort();
  }
}

const lowerCaseKeys = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

function isLocal(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  if (protocol !== 'http:' && protocol !== 'https:') return true;
  return hostname === '127.0.0.1' || hostname === 'localhost';
}
