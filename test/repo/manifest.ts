import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';

const strings = v.optional(v.array(v.string()), []);

/** What the tests ask of a built manifest; everything else is in the snapshots. */
const manifestSchema = v.object({
  version: v.string(),
  permissions: strings,
  host_permissions: strings,
  optional_host_permissions: strings,
  content_scripts: v.optional(
    v.array(v.object({ matches: v.array(v.string()), js: strings, css: strings })),
    [],
  ),
  web_accessible_resources: v.optional(
    v.array(v.object({ resources: strings, matches: strings })),
    [],
  ),
  background: v.object({ service_worker: v.optional(v.string()), scripts: strings }),
});

export type Manifest = v.InferOutput<typeof manifestSchema>;

export async function readManifest(build: string): Promise<Manifest> {
  return v.parse(manifestSchema, JSON.parse(await manifestText(build)));
}

/** For the snapshot: indented, and without the version, which changes with every release. */
export async function readableManifest(build: string): Promise<string> {
  const manifest = v.parse(
    v.record(v.string(), v.unknown()),
    JSON.parse(await manifestText(build)),
  );
  return `${formatted({ ...manifest, version: 'as in package.json' })}\n`;
}

/** As the formatter wants committed JSON: a list that fits on a line stands on one. */
const formatted = (value: unknown): string =>
  JSON.stringify(value, null, 2).replaceAll(
    /^(.*)\[\n([^[\]{}]*?)\n\s*\](,?)$/gm,
    (whole, before: string, items: string, comma: string) => {
      const line = `${before}[${items.trim().replaceAll(/,\n\s*/g, ', ')}]${comma}`;
      return line.length <= 100 ? line : whole;
    },
  );

/** Every place of a manifest that names hosts. */
export const matchPatterns = (manifest: Manifest): readonly string[] => [
  ...manifest.host_permissions,
  ...manifest.optional_host_permissions,
  ...manifest.content_scripts.flatMap((script) => script.matches),
  ...manifest.web_accessible_resources.flatMap((resource) => resource.matches),
];

export const isLoopback = (pattern: string): boolean =>
  /^[a-z*]+:\/\/(127\.|localhost|\[::1\])/.test(pattern);

const manifestText = (build: string): Promise<string> =>
  readFile(join(build, 'manifest.json'), 'utf8');
