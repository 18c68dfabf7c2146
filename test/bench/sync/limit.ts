/** A step that takes longer than this is reported as such, and so is what depended on it. */
export class LimitError extends Error {
  override readonly name = 'LimitError';
}

export async function within<Result>(
  limitMs: number,
  what: string,
  work: Promise<Result>,
): Promise<Result> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    reject(new LimitError(`${what} did not finish within ${Math.round(limitMs / 1000)} s`));
  }, limitMs);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
    // What was given up on fails later, when its device or server is stopped under it.
    work.catch(() => undefined);
  }
}
