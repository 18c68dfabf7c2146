import type { Plugin } from 'vite';

/**
 * Lets the background `import()` what a card does not wait for, as pages do. A service worker has no
 * `import()`, but it may at any time call `importScripts` for what it had imported while it was being
 * installed; a background page may import modules. So a part is a script that only hands over a
 * function, and runs when it is first asked for: https://w3c.github.io/ServiceWorker/#importscripts
 */
export function backgroundInParts(hasServiceWorker: boolean): Plugin {
  const fetched = new Set<string>();
  return {
    name: 'background-in-parts',
    apply: ({ build }) =>
      build?.lib !== undefined && build.lib !== false && build.lib.fileName === 'background',
    config({ build }) {
      if (build?.lib) build.lib.formats = ['cjs'];
      const output = { exports: 'named', chunkFileNames: 'background-[name].js' } as const;
      // What a part shares with the rest is in the rest: one file to start with, not two.
      return { build: { rolldownOptions: { preserveEntrySignatures: 'allow-extension', output } } };
    },
    renderChunk(code) {
      if (hasServiceWorker) return null;
      return code.replaceAll(LATER, (_later, name: string) => {
        fetched.add(name);
        return `import(${name}).then(() => require(${name}))`;
      });
    },
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((each) => each.type === 'chunk');
      const parts = chunks.filter(({ isEntry }) => !isEntry);
      for (const part of parts) {
        if (!hasServiceWorker && !fetched.has(nameOf(part)))
          this.error(
            `nothing fetches ${part.fileName}: the bundler writes import() in another way`,
          );
        part.code = `backgroundPart(${nameOf(part)},(exports,require)=>{${part.code}});`;
      }
      for (const entry of chunks.filter(({ isEntry }) => isEntry)) {
        const start = loader(nameOf(entry), hasServiceWorker ? parts.map(nameOf) : null);
        entry.code = `(()=>{${start}${entry.code}})();`;
      }
    },
  };
}

/** How the bundler writes `import('./part.ts')` for CommonJS. */
const LATER = /Promise\.resolve\(\)\.then\(\(\) => require\((".+?")\)\)/g;

/** As the bundler writes it where it is required. */
const nameOf = ({ fileName }: { readonly fileName: string }): string =>
  JSON.stringify(`./${fileName}`);

/** `names` are what a service worker imports; null for a page, which imports before it requires. */
function loader(entryName: string, names: readonly string[] | null): string {
  const fetchPart = names ? 'waiting[name]||importScripts(name);' : '';
  return [
    `const exports={},module={},waiting={},ready={${entryName}:exports};`,
    'globalThis.backgroundPart=(name,run)=>{waiting[name]=run};',
    `const require=(name)=>{if(!ready[name]){${fetchPart}`,
    'waiting[name](ready[name]={},require)}return ready[name]};',
    names ? `addEventListener("install",()=>importScripts(${names.join()}));` : '',
  ].join('');
}
