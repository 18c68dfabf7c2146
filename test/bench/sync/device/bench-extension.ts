import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundlePage } from './bundle-page.ts';

/**
 * A small extension whose pages hold one peer's device and reader. Every browser peer runs so: the
 * product lives in an extension, whose storage is not counted against a site's quota and whose
 * requests need no leave of the server, and the worker answers only extensions.
 */
export async function buildBenchExtension(
  folder: string,
  entries: { readonly device: string; readonly reader: string },
): Promise<string> {
  await mkdir(folder, { recursive: true });
  const manifest = {
    manifest_version: 3,
    name: 'Sync bench',
    version: '1',
    permissions: ['storage', 'unlimitedStorage'],
    host_permissions: ['http://127.0.0.1/*'],
    background: { service_worker: 'background.js' },
  };
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
  await writeFile(join(folder, 'background.js'), '');
  for (const [name, entry] of Object.entries(entries)) {
    const page = `<!doctype html><meta charset="utf-8"><title>${name}</title><script src="${name}.js"></script>`;
    await writeFile(join(folder, `${name}.html`), page);
    await writeFile(join(folder, `${name}.js`), await bundlePage(entry));
  }
  return folder;
}
