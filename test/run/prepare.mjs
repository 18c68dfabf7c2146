// Runs before `npm start`, `npm test` and `npm run bench`, also in a fresh clone: so plain JavaScript
// for the system's own Node (20 or newer) and nothing that would have to be installed first.
// `--firefox` for what runs in both browsers, `--no-browser` for what runs in none.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const lockFile = `${root}package-lock.json`;
const stampFile = `${root}node_modules/.mainstay-lock`;
const ownNode = `${root}node_modules/.bin/node`;
const shell = process.platform === 'win32';

process.exit(await prepare());

async function prepare() {
  if (!isInstalled()) {
    console.log('Installing what package-lock.json names (npm ci); this takes a minute …');
    const { code, output } = await npmCi();
    if (code !== 0) return say(installProblem(output));
    writeFileSync(stampFile, lockHash());
  }
  const node = spawnSync(ownNode, ['--version'], { encoding: 'utf8', shell });
  if (node.status !== 0) {
    return say([
      'The project’s own Node 24 does not run.',
      'It comes as the npm package "node", whose install script puts the program in place; npm may have been told to skip install scripts.',
      'Run `npm config get ignore-scripts`; when it says true, run `npm ci --ignore-scripts=false`.',
    ]);
  }
  if (process.argv.includes('--no-browser')) return 0;
  const kinds = process.argv.includes('--firefox') ? ['chromium', 'firefox'] : ['chromium'];
  const browser = spawnSync(ownNode, [`${root}test/run/prepare-browser.ts`, ...kinds], {
    stdio: ['ignore', 'inherit', 'inherit'],
    shell,
  });
  return browser.status ?? 1;
}

/** True when node_modules was installed from this very lock file, by us or by hand. */
function isInstalled() {
  if (read(stampFile) === lockHash()) return true;
  const installed = modifiedAt(`${root}node_modules/.package-lock.json`);
  if (installed === null || installed < (modifiedAt(lockFile) ?? 0)) return false;
  writeFileSync(stampFile, lockHash());
  return true;
}

function lockHash() {
  return createHash('sha256').update(readFileSync(lockFile)).digest('hex');
}

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

function modifiedAt(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? null;
}

/** Its words are shown as they come and kept, to tell a missing network from the rest. */
function npmCi() {
  const npm = process.env.npm_execpath;
  const args = ['ci', '--no-audit', '--no-fund'];
  const [command, ...rest] = npm ? [process.execPath, npm, ...args] : ['npm', ...args];
  return new Promise((resolve) => {
    const child = spawn(command, rest, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: shell && !npm,
    });
    let output = '';
    for (const [from, to] of [
      [child.stdout, process.stdout],
      [child.stderr, process.stderr],
    ]) {
      from.on('data', (chunk) => {
        output += chunk;
        to.write(chunk);
      });
    }
    child.on('error', (error) => resolve({ code: 1, output: error.message }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

function installProblem(output) {
  if (/ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED|ECONNRESET|ENETUNREACH|network/i.test(output)) {
    return [
      'npm could not reach the package registry.',
      'The packages of this project are fetched once; after that no network is needed.',
      'Check the network (or the proxy npm is set to use) and run the same command again.',
    ];
  }
  if (/EACCES|EPERM|EROFS/.test(output)) {
    return [
      'npm may not write into this folder.',
      'The packages go into node_modules beside package.json.',
      'Clone into a folder you own, or hand this one over with chown.',
    ];
  }
  if (/ENOSPC/.test(output)) {
    return [
      'The disk is full.',
      'The packages take about 700 MB.',
      'Make room and run the same command again.',
    ];
  }
  return [
    'npm ci did not succeed.',
    'Its own words stand above. Nothing else was started.',
    'Put right what it names and run the same command again.',
  ];
}

function say([what, means, remedy]) {
  console.error(`\n${what}\n  What it means: ${means}\n  What to do:    ${remedy}\n`);
  return 1;
}
