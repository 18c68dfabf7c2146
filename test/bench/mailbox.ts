import { DEMO_ACCOUNT, DEMO_OWNER_NAME, type DemoThread } from '../support/mailbox/mailbox.ts';
import { mailboxResponse } from '../support/mailbox/mailbox-response.ts';
import { isOutlook, outlookResponse } from '../support/outlook-response.ts';
import type { AnswerRequest } from '../support/extension.ts';
import type { Correspondent } from './page/book.ts';

export const MAILBOX_URL = 'https://mail.google.com/mail/u/0/';
/** The same page where the extension has no business: what the page costs without us. */
export const PLAIN_MAILBOX_URL = 'https://mail.example/mail/u/0/';

const HOSTS = new Set(['mail.google.com', 'mail.example']);
const FIRST_ID = 0x19b0_0000_0000_0000n;
const DATA_BLOCK = /(<script type="application\/json" id="mailbox-data">).*?(<\/script>)/s;

export interface BenchThread {
  readonly id: string;
  readonly person: Correspondent;
  /** How many messages it has, theirs last. */
  readonly messages: number;
}

/** A thread for each: what we wrote, collapsed, and their answer. No id was ever logged before. */
export function threadsOf(
  people: readonly Correspondent[],
  now: number,
  messages = 2,
): readonly BenchThread[] {
  return people.map((person, index) => ({ id: hexId(now, index), person, messages }));
}

/** The demo's mailbox with these threads in place of its own. */
export function benchMailbox(threads: () => readonly BenchThread[], now: number): AnswerRequest {
  return (url) => {
    const asked = new URL(url);
    if (isOutlook(asked)) return outlookResponse(asked);
    const { host, pathname, search } = asked;
    if (!HOSTS.has(host)) return null;
    const response = mailboxResponse(pathname + search, { now, account: DEMO_ACCOUNT });
    if (!response || !DATA_BLOCK.test(response.body)) return response;
    const data = { account: DEMO_ACCOUNT, now, threads: threads().map(toThread(now)) };
    const json = JSON.stringify(data).replaceAll('<', '\\u003c');
    const body = response.body.replace(
      DATA_BLOCK,
      (_, start: string, end: string) => start + json + end,
    );
    return { ...response, body };
  };
}

const hexId = (now: number, index: number): string =>
  (FIRST_ID + BigInt(now) * 4096n + BigInt(index) * 4n).toString(16);

const toThread =
  (now: number) =>
  ({ id, person, messages }: BenchThread): DemoThread => {
    const us = { name: DEMO_OWNER_NAME, address: DEMO_ACCOUNT };
    const them = { name: person.name, address: person.address };
    const message = (
      step: bigint,
      from: typeof us,
      to: typeof us,
    ): DemoThread['messages'][number] => {
      const number = BigInt(`0x${id}`) + step;
      return {
        id: `msg-f:${number}`,
        legacyId: number.toString(16),
        from,
        to: [to],
        cc: [],
        at: now - (messages - Number(step)) * 3_600_000,
        paragraphs: ['Could we talk about the dates this week?', 'Thank you.'],
      };
    };
    return {
      key: id,
      id,
      kind: 'client',
      subject: `Dates for ${person.clientName}`,
      unread: false,
      messages: Array.from({ length: messages }, (_, index) =>
        (messages - index) % 2 === 0
          ? message(BigInt(index), us, them)
          : message(BigInt(index), them, us),
      ),
    };
  };
