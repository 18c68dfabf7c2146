import type { Children } from '../support/children.ts';
import { bin, root } from '../support/paths.ts';
import { Problem } from '../support/problem.ts';

/** The build that also has the demo's page, and reads the demo's mailbox on loopback. */
export async function buildDemo(children: Children): Promise<void> {
  const lines: string[] = [];
  const child = children.start(bin('wxt'), ['build'], {
    cwd: root,
    env: { ...process.env, MAINSTAY_DEMO: '1' },
    onLine: (line) => lines.push(line),
  });
  if ((await child.exited) === 0) return;
  throw new Problem(
    'The extension could not be built.',
    `wxt build said last:\n    ${lines.slice(-12).join('\n    ')}`,
    'Put right what it names; `npm run check:fast` finds most mistakes.',
  );
}
