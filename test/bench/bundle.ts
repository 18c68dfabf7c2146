import { build } from 'vite';
import { inRoot } from '../support/paths.ts';

export const bundlePageScript = (name: string): Promise<string> =>
  bundleScript(`test/bench/page/${name}.ts`);

/** What we run in a page is bundled to one script, so that it shares the product's own code. */
export async function bundleScript(path: string): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      target: 'es2024',
      minify: false,
      lib: { entry: inRoot(path), formats: ['iife'], name: 'bench' },
    },
  });
  const outputs = [result].flat().flatMap((each) => ('output' in each ? each.output : []));
  return outputs.map((each) => (each.type === 'chunk' ? each.code : '')).join('\n');
}
