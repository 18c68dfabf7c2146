import { join } from 'node:path';
import { createChildren, type Children } from '../support/children.ts';
import { loadDemoBook } from '../support/demo-book.ts';
import { launchExtension } from '../support/extension.ts';
import { startMailbox } from '../support/mailbox/server.ts';
import { builds, keptFolder } from '../support/paths.ts';
import { requirePort } from '../support/ports.ts';
import { Problem, runMain } from '../support/problem.ts';
import { startWorker } from '../support/worker.ts';
import { buildDemo } from './build-demo.ts';
import { runTour } from './tour.ts';
import { whatToTry } from './what-to-try.ts';

const children = createChildren();

await runMain(async () => {
  const ports = {
    worker: port('MAINSTAY_WORKER_PORT', 8787),
    mailbox: port('MAINSTAY_MAILBOX_PORT', 8788),
  };
  await requirePort(
    ports.worker,
    'the sync worker',
    'Name another one: MAINSTAY_WORKER_PORT=8797 npm start',
  );
  await requirePort(
    ports.mailbox,
    'the demo mailbox',
    'Name another one: MAINSTAY_MAILBOX_PORT=8798 npm start',
  );
  try {
    console.log('Building the extension …');
    await buildDemo(children);
    console.log('Starting the sync worker and the demo mailbox …');
    const worker = await startWorker({
      children,
      port: ports.worker,
      persistTo: join(keptFolder, 'worker'),
    });
    const mailbox = await startMailbox({ port: ports.mailbox });
    children.own(mailbox.close);
    // By number, not by name: that is the address the demo build's match pattern has.
    const mailboxUrl = `http://127.0.0.1:${mailbox.port}/mail/u/0/#inbox`;
    const places = { children, mailboxUrl, workerUrl: worker.url };
    return hasDisplay() ? await openBrowser(places) : await runTour(places);
  } finally {
    await children.stopAll();
  }
});

interface Places {
  readonly children: Children;
  readonly mailboxUrl: string;
  readonly workerUrl: string;
}

async function openBrowser({ children, mailboxUrl, workerUrl }: Places): Promise<number> {
  const app = await launchExtension({
    browser: 'chromium',
    extensionPath: builds.demo,
    userDataDir: join(keptFolder, 'profile'),
    headless: false,
    network: 'open',
  });
  children.own(app.close);
  await loadDemoBook(app);
  await app.open(mailboxUrl);
  console.log(whatToTry({ mailboxUrl, workerUrl, keptFolder }));
  await new Promise<void>((resolve) => {
    app.browser.once('disconnected', () => resolve());
  });
  console.log('The browser was closed; everything it needed has been stopped.');
  return 0;
}

function hasDisplay(): boolean {
  if (process.argv.includes('--tour')) return false;
  if (process.platform !== 'linux') return true;
  return Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
}

function port(variable: string, usual: number): number {
  const named = process.env[variable];
  if (named === undefined) return usual;
  const number = Number(named);
  if (Number.isInteger(number) && number > 0 && number < 65_536) return number;
  throw new Problem(
    `${variable} is ${named}, which is not a port.`,
    'A port is a whole number from 1 to 65535.',
    `Set it to a free one, or unset it to use ${usual}.`,
  );
}
