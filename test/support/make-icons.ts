import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { Resvg } from '@resvg/resvg-js';

/** The sizes browsers ask for: toolbar, its double, Firefox's add-ons page twice, Chrome's store. */
const SIZES_PX = [16, 32, 48, 96, 128] as const;

const source = new URL('../../extension/ui/icon.svg', import.meta.url);
const folder = new URL('../../extension/public/icon/', import.meta.url);

/** Run after a change to the drawing; its outputs are committed, so that a build draws nothing. */
const svg = await readFile(source, 'utf8');
await mkdir(folder, { recursive: true });
for (const size of SIZES_PX) {
  const image = new Resvg(svg, { fitTo: { mode: 'width', value: size } }).render();
  await writeFile(new URL(`${size}.png`, folder), image.asPng());
}
