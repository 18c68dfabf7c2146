import { registerHooks } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import { mutants } from './mutants.ts';
import { mutate } from './mutate.ts';

/** One thread of the simulation: it owns its globals, and the code it runs may carry a planted bug. */
export interface ThreadData {
  readonly mutant?: string;
}

const { mutant } = workerData as ThreadData;
if (mutant !== undefined) {
  const planted = mutants.find(({ name }) => name === mutant);
  if (!planted) throw new Error(`no mutant ${mutant}`);
  registerHooks({
    load(url, context, next) {
      const loaded = next(url, context);
      return url.endsWith(planted.file) && loaded.source !== undefined
        ? { ...loaded, source: mutate(Buffer.from(loaded.source as string).toString(), planted) }
        : loaded;
    },
  });
}

// After the hooks: what is imported from here on is what they make of it.
const { simulate } = await import('./simulate.ts');

parentPort?.on('message', (seed: number) => {
  void simulate(seed).then((verdict) => parentPort?.postMessage(verdict, []));
});
