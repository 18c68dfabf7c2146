import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { bin, builds } from '../support/paths.ts';
import { failedOnce, passedOnce, type Outcome, type Run } from './outcome.ts';

const message = v.object({ code: v.string(), file: v.optional(v.string()), message: v.string() });
const report = v.object({
  errors: v.array(message),
  notices: v.array(message),
  warnings: v.array(message),
});

/**
 * Preact's own source assigns `innerHTML` in one place (for `dangerouslySetInnerHTML`, which nothing
 * of ours uses), so each bundle that holds Preact has exactly one such warning. Anything else fails.
 */
export async function lintFirefoxBuild(run: Run): Promise<Outcome> {
  const { output } = await run(
    bin('web-ext'),
    ['lint', '--source-dir', builds.firefox, '--output', 'json', '--no-config-discovery'],
    { NO_UPDATE_NOTIFIER: '1' },
  );
  const json = output.find((line) => line.startsWith('{"'));
  const parsed = v.safeParse(report, json === undefined ? null : JSON.parse(json));
  if (!parsed.success) return failedOnce('web-ext gave no report');
  const { errors, notices, warnings } = parsed.output;
  const isPreacts = (found: v.InferOutput<typeof message>): boolean =>
    found.code === 'UNSAFE_VAR_ASSIGNMENT';
  const others = [...errors, ...notices, ...warnings.filter((found) => !isPreacts(found))];
  for (const found of others) {
    console.error(`web-ext lint: ${found.code} in ${found.file ?? 'the add-on'}: ${found.message}`);
  }
  const warned = warnings.filter(isPreacts).map((found) => found.file ?? '');
  const expected = await bundlesWithPreact(builds.firefox);
  if (warned.toSorted().join() !== expected.toSorted().join()) {
    console.error(`web-ext lint: innerHTML is assigned in ${warned.join(', ') || 'no file'}`);
    console.error(`web-ext lint: Preact is in           ${expected.join(', ') || 'no file'}`);
    return failedOnce('innerHTML is assigned by more than Preact');
  }
  return others.length > 0
    ? failedOnce(`${others.length} messages`)
    : passedOnce(`${warned.length} known warnings of Preact's`);
}

async function bundlesWithPreact(folder: string): Promise<readonly string[]> {
  const files = await readdir(folder, { recursive: true });
  const found: string[] = [];
  for (const file of files.filter((name) => name.endsWith('.js'))) {
    const text = await readFile(join(folder, file), 'utf8');
    if (text.includes('dangerouslySetInnerHTML')) found.push(file.replaceAll('\\', '/'));
  }
  return found;
}
