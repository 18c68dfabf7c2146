type RandomBytes = (length: number) => Uint8Array;

/** Doubles with each attempt; the jitter keeps devices that failed together from returning together. */
export function jitteredMs(baseMs: number, attempt: number, randomBytes: RandomBytes): number {
  const [high = 0, low = 0] = randomBytes(2);
  const fraction = (high * 256 + low) / 65_536;
  return Math.round(baseMs * 2 ** (attempt - 1) * (0.5 + fraction));
}

const RETRY_BASE_MS = 1000;
const RETRY_MAX_MS = 5 * 60 * 1000;

export const retryDelayMs = (failures: number, randomBytes: RandomBytes): number =>
  Math.min(RETRY_MAX_MS, jitteredMs(RETRY_BASE_MS, Math.min(failures, 12), randomBytes));
