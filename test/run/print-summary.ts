import type { Finished } from './outcome.ts';

/** The table, what failed steps said last, and the line that scripts read. Returns the exit code. */
export function printSummary(steps: readonly Finished[], seconds: number): number {
  for (const step of steps.filter((each) => each.failed > 0 && each.tail.length > 0)) {
    console.log(`\n──── ${step.name} failed; it said last:`);
    for (const line of step.tail) console.log(`  ${line}`);
  }
  console.log(
    `\n${'step'.padEnd(22)}${'seconds'.padStart(9)}${'passed'.padStart(8)}${'failed'.padStart(8)}`,
  );
  for (const step of steps) console.log(row(step));
  const passed = sum(steps.map((step) => step.passed));
  const failed = sum(steps.map((step) => step.failed));
  console.log(`\n${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s in all\n`);
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0 ? 0 : 1;
}

const row = ({ name, seconds, passed, failed, note }: Finished): string =>
  [
    `${failed === 0 ? '✓' : '✗'} ${name.padEnd(20)}`,
    seconds.toFixed(1).padStart(9),
    String(passed).padStart(8),
    String(failed).padStart(8),
    note === undefined ? '' : `  ${note}`,
  ].join('');

const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0);
