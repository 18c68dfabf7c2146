import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { inRoot, root } from '../support/paths.ts';

export interface CommittedFile {
  readonly path: string;
  readonly text: string;
}

/** Every text file that is committed or about to be; what `.gitignore` names is left out. */
export function committedFiles(): readonly CommittedFile[] {
  const listed = execFileSync(
    'git',
    ['ls-files', '-z', '--cached', '--others', '--exclude-standard'],
    { cwd: root, encoding: 'utf8' },
  );
  return listed.split('\0').flatMap((path) => {
    const text = path === '' ? null : readText(inRoot(path));
    return text === null || text.includes('\0') ? [] : [{ path, text }];
  });
}

/** Where a pattern occurs, as `path:line`, ready to be shown by a failing test. */
export const findIn = (files: readonly CommittedFile[], pattern: RegExp): readonly string[] =>
  files.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}`] : [])),
  );

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // Deleted, and not yet committed as such.
    return null;
  }
}
