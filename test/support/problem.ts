/**
 * Something a person can put right: no browser, a port in use, no network. Shown as words, never as
 * a stack trace; everything else that is thrown is a bug and keeps its stack.
 */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly means: string;
  readonly remedy: string;

  constructor(what: string, means: string, remedy: string, options?: ErrorOptions) {
    super(what, options);
    this.means = means;
    this.remedy = remedy;
  }
}

export const problemToText = (problem: Problem): string =>
  [problem.message, `  What it means: ${problem.means}`, `  What to do:    ${problem.remedy}`].join(
    '\n',
  );

/** Runs a script's main function and ends the process; a problem ends it with words and exit code 1. */
export async function runMain(main: () => Promise<number>): Promise<never> {
  try {
    process.exit(await main());
  } catch (error) {
    console.error(
      error instanceof Problem
        ? `\n${problemToText(error)}\n`
        : error instanceof Error
          ? (error.stack ?? error.message)
          : error,
    );
    process.exit(1);
  }
}
