import { createServer } from 'node:net';
import { Problem } from './problem.ts';

/** A port of the loopback address that was free a moment ago. */
export const freePort = (): Promise<number> => listenOnce(0);

/** The port itself, or a problem that says who needs it and how to give another one. */
export async function requirePort(port: number, whatFor: string, remedy: string): Promise<number> {
  try {
    return await listenOnce(port);
  } catch (error) {
    throw new Problem(
      `Port ${port} on 127.0.0.1 is in use, and ${whatFor} needs it.`,
      'Another program listens there, perhaps an earlier run of this one. Nothing was changed.',
      remedy,
      { cause: error },
    );
  }
}

function listenOnce(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      const found = typeof address === 'object' && address ? address.port : port;
      server.close(() => {
        resolve(found);
      });
    });
  });
}
