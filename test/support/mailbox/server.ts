import { createServer } from 'node:http';
import { mailboxResponse, type MailboxOptions } from './mailbox-response.ts';
import { DEMO_ACCOUNT } from './people.ts';

export interface MailboxServerOptions extends Partial<MailboxOptions> {
  /** 0 takes any free port. */
  readonly port: number;
}

export interface MailboxServer {
  /** `http://localhost:<port>`, without a slash at the end. */
  readonly origin: string;
  readonly port: number;
  readonly close: () => Promise<void>;
}

/** Serves the demo mailbox on loopback only. Without `now` the mails' dates follow the real clock. */
export function startMailbox(options: MailboxServerOptions): Promise<MailboxServer> {
  const { port, account = DEMO_ACCOUNT, otherAccounts = [] } = options;
  const server = createServer((request, response) => {
    const answer = mailboxResponse(request.url ?? '/', {
      now: options.now ?? Date.now(),
      account,
      otherAccounts,
    }) ?? { status: 404, headers: { 'content-type': 'text/plain' }, body: 'not found' };
    response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      const bound = typeof address === 'object' && address !== null ? address.port : port;
      resolve({ origin: `http://localhost:${bound}`, port: bound, close: () => close() });
    });
  });

  function close(): Promise<void> {
    return new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  }
}
