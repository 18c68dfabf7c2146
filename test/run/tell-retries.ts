import type { Reporter, TestCase } from 'vitest/node';

/** A test that passed at another try is green; why it had failed is told here, or nobody would know. */
export default class TellRetries implements Reporter {
  onTestCaseResult(test: TestCase): void {
    const result = test.result();
    if (result.state !== 'passed') return;
    for (const { message, stacks } of result.errors ?? []) {
      const [at] = stacks ?? [];
      console.log(`tried again: ${test.fullName}`);
      console.log(`    ${message.split('\n', 3).join('\n    ')}`);
      if (at) console.log(`    at ${at.file}:${at.line}`);
    }
  }
}
