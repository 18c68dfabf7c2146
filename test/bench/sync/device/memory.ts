import { readFile } from 'node:fs/promises';

const SAMPLE_EVERY_MS = 50;

export interface MemoryWatch {
  /** The most that the device's process held resident, in bytes; null where the system does not say. */
  stop(): number | null;
}

/** Samples the largest of some processes: the one that does the device's work. */
export async function watchMemory(
  processIds: () => Promise<readonly number[]>,
): Promise<MemoryWatch> {
  const ids = await processIds();
  let peak: number | null = null;
  const sample = async (): Promise<void> => {
    for (const bytes of await Promise.all(ids.map(residentBytes))) {
      if (bytes !== null) peak = Math.max(peak ?? 0, bytes);
    }
  };
  await sample();
  const timer = setInterval(() => void sample(), SAMPLE_EVERY_MS);
  return {
    stop() {
      clearInterval(timer);
      return peak;
    },
  };
}

/** From Linux's own table; other systems have none. */
async function residentBytes(id: number): Promise<number | null> {
  const status = await readFile(`/proc/${id}/status`, 'utf8').catch(() => '');
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
  return kilobytes === undefined ? null : Number(kilobytes) * 1024;
}
