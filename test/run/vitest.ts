import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { inRoot, node } from '../support/paths.ts';
import { failedOnce, type Outcome, type Run } from './outcome.ts';

/** The parts of vitest's JSON report that are counted. */
const report = v.object({
  numPassedTests: v.number(),
  numFailedTests: v.number(),
  numPendingTests: v.number(),
  testResults: v.array(
    v.object({
      status: v.string(),
      assertionResults: v.array(v.object({ status: v.string() })),
    }),
  ),
});

/** A vitest run whose tests are counted one by one. */
export async function runVitest(run: Run, args: readonly string[]): Promise<Outcome> {
  const folder = await mkdtemp(join(tmpdir(), 'mainstay-vitest-'));
  const file = join(folder, 'report.json');
  try {
    const vitest = [
      inRoot('node_modules/vitest/vitest.mjs'),
      'run',
      ...args,
      '--reporter=default',
      `--reporter=${inRoot('test/run/tell-retries.ts')}`,
      '--reporter=json',
      `--outputFile.json=${file}`,
    ];
    // Browsers leave their profiles behind when they are ended in a hurry.
    const { code } = await run(node, vitest, { TMPDIR: folder });
    const text = await readFile(file, 'utf8').catch(() => null);
    return text === null ? failedOnce('vitest wrote no report') : count(text, code);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

export function count(text: string, code: number): Outcome {
  const parsed = v.safeParse(report, JSON.parse(text));
  if (!parsed.success) return failedOnce('vitest wrote a report of another form');
  const { numPassedTests, numFailedTests, numPendingTests, testResults } = parsed.output;
  // A file that could not be loaded has failed without a single failed test.
  const brokenFiles = testResults.filter(
    (file) =>
      file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'),
  ).length;
  const counted = numFailedTests + brokenFiles;
  // Errors outside any test (a promise nobody awaited) only show in the exit code.
  const failed = counted === 0 && code !== 0 ? 1 : counted;
  const notes = [
    `${testResults.length} files`,
    ...(numPendingTests > 0 ? [`${numPendingTests} skipped`] : []),
    ...(brokenFiles > 0 ? [`${brokenFiles} files could not be loaded`] : []),
    ...(counted === 0 && code !== 0 ? ['an error outside the tests'] : []),
  ];
  return { passed: numPassedTests, failed, note: notes.join(', ') };
}
