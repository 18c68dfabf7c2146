import { enableCompileCache, flushCompileCache, registerHooks } from 'node:module';
import { inRoot } from '../../support/paths.ts';
import { guards } from './guards.ts';
import { mutants, notComparing, smallBatches, smallPages } from './mutants.ts';
import { mutate } from './mutate.ts';

/** One process of the simulation: it owns its globals, and the code it runs may carry a planted bug. */
export interface Task {
  readonly seed: number;
  /** The worker tells these. */
  readonly lies?: readonly string[];
}

// A quarter of what starting one costs. It is ended by a signal, and then nothing is kept by itself.
enableCompileCache(inRoot('node_modules/.cache/simulation'));

const [, , mutant] = process.argv;
if (mutant !== undefined) {
  const planted = [...mutants, ...guards, notComparing, smallBatches, smallPages].find(
    ({ name }) => name === mutant,
  );
  if (!planted) throw new Error(`no mutant ${mutant}`);
  const all = planted.isHealed ? [planted, notComparing] : [planted];
  registerHooks({
    load(url, context, next) {
      const loaded = next(url, context);
      const here = all.find(({ file }) => url.endsWith(file));
      return here && loaded.source !== undefined
        ? { ...loaded, source: mutate(Buffer.from(loaded.source as string).toString(), here) }
        : loaded;
    },
  });
}

// After the hooks: what is imported from here on is what they make of it.
const { simulate } = await import('./simulate.ts');
flushCompileCache();

process.on('message', ({ seed, lies }: Task) => {
  void simulate(seed, { ...(lies && { lies }) }).then((verdict) => process.send?.(verdict));
});
