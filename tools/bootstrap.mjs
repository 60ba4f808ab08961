/**
 * Runs a TypeScript entry of the project: `node tools/bootstrap.mjs <entry.ts> [arguments]`.
 *
 * The only file that must run before anything is installed, on any Node from 20.19: plain JavaScript,
 * no dependencies. It installs what package-lock.json asks for if it is not there, finds a Node that runs TypeScript
 * and better-sqlite3, and hands over to it. Called by the npm scripts only.
 */
import { spawn, spawnSync } from 'node:child_process';
import { accessSync, existsSync, constants as fileConstants, mkdirSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { basename, delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Oldest Node that can run this file and `npm ci`. */
const OLDEST_SETUP_NODE = [20, 19];
/** Oldest Node that runs the TypeScript sources without a flag; older ones also crash in better-sqlite3. */
const OLDEST_NODE = [22, 18];

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = join(root, 'node_modules', '.bin');

/** The process now in front; signals go to it, and this process outlives it. */
let child = null;
let interrupted = false;
// A terminal's Ctrl-C reaches the child by itself; passing it on as well would interrupt it twice.
const inTerminal = process.stdin.isTTY === true || process.platform === 'win32';
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    interrupted = true;
    if (child && !(signal === 'SIGINT' && inTerminal)) child.kill(signal);
  });
}

// npm runs a script in a shell, and a SIGTERM to npm ends the shell alone. Then nobody waits for this process any more:
// it goes too, or a hub would stay behind that holds its port and folder.
const parent = process.ppid;
if (process.env.npm_lifecycle_event && process.platform !== 'win32') {
  setInterval(() => {
    if (process.ppid !== parent) child?.kill('SIGTERM');
  }, 500).unref();
}

const [entry, ...args] = process.argv.slice(2);
if (!entry) fail('Usage: node tools/bootstrap.mjs <entry.ts> [arguments]');
if (!isAtLeast(process.versions.node, OLDEST_SETUP_NODE)) {
  fail(
    `Aufruf needs Node ${OLDEST_SETUP_NODE.join('.')} or newer to set itself up; this is ${process.version}. See https://nodejs.org`,
  );
}
if (!isInstalled()) await install();
const node = findNode();
if (!node) {
  fail(
    `Aufruf needs Node ${OLDEST_NODE.join('.')} or newer here; this is ${process.version}. See https://nodejs.org ` +
      '(on Linux with glibc, x64 or arm64, a fitting one is installed by itself).',
  );
}
const path = [dirname(node), bin, process.env.PATH ?? ''].join(delimiter);
process.exitCode = await run(node, [resolve(root, entry), ...args], {
  stdio: 'inherit',
  env: { ...process.env, PATH: path, ...compileCache() },
});

/** Whether node_modules holds exactly what the lock file asks for, but for optional packages of other platforms. */
function isInstalled() {
  const wanted = readPackages(join(root, 'package-lock.json'));
  const installed = readPackages(join(root, 'node_modules', '.package-lock.json'));
  if (!wanted) fail('package-lock.json is missing or broken: fetch it again from the repository.');
  if (!installed) return false;
  const same = (a, b) => a?.version === b?.version && a?.integrity === b?.integrity && a?.link === b?.link;
  return (
    Object.entries(wanted).every(
      ([path, entry]) => isLocal(path) || same(entry, installed[path]) || (entry.optional && !installed[path]),
    ) && Object.keys(installed).every((path) => isLocal(path) || wanted[path])
  );
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return null;
  }
}

/** Reading TypeScript is half of the start of every process: Node keeps what it has read, by content. */
function compileCache() {
  const folder = process.env.NODE_COMPILE_CACHE ?? join(root, 'node_modules', '.cache', 'node');
  try {
    // Made here: where Node cannot make it, it may try for ever.
    mkdirSync(folder, { recursive: true });
    accessSync(folder, fileConstants.W_OK);
    return { NODE_COMPILE_CACHE: folder };
  } catch {
    return { NODE_COMPILE_CACHE: undefined };
  }
}

/** The workspaces themselves, which npm only links. */
function isLocal(path) {
  return !path.startsWith('node_modules/');
}

/** Silent unless it fails: npm's warnings about engines and the like concern nobody who only wants to start Aufruf. */
async function install() {
  const startedAt = Date.now();
  const text = 'Installing dependencies (once, about half a minute) ...';
  process.stderr.write(text);
  const ticking = process.stderr.isTTY
    ? setInterval(() => process.stderr.write(`\r${text} ${Math.round((Date.now() - startedAt) / 1000)} s`), 1000)
    : null;
  let output = '';
  const [command, ...first] = npmCommand();
  // NODE_ENV=production or an `omit` in the user's configuration would leave out what the scripts need.
  const npmArgs = [...first, 'ci', '--include=dev', '--include=optional', '--no-progress', '--loglevel=error'];
  const code = await run(command, npmArgs, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: command === 'npm' && process.platform === 'win32',
    onOutput: (chunk) => {
      output += chunk;
    },
  });
  if (ticking) clearInterval(ticking);
  if (code === 0) {
    process.stderr.write(
      `${process.stderr.isTTY ? `\r${text}` : ''} done in ${Math.round((Date.now() - startedAt) / 1000)} s\n`,
    );
    return;
  }
  process.stderr.write('\n');
  if (interrupted) process.exit(code);
  process.stderr.write(output.endsWith('\n') ? output : `${output}\n`);
  const offline =
    /\b(ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED|ECONNRESET|ENETUNREACH|EHOSTUNREACH|ENOTCACHED)\b/.test(output);
  fail(
    offline
      ? 'The dependencies could not be fetched: no way to the npm registry. Check the network or proxy, then run the command again.'
      : 'Installing the dependencies failed; npm says why above. Mend that, then run the command again.',
  );
}

/** The npm that runs this script, so that no other version on PATH meddles. */
function npmCommand() {
  const file = process.env.npm_execpath;
  return file && basename(file) === 'npm-cli.js' && existsSync(file) ? [process.execPath, file] : ['npm'];
}

/** The Node of the lock file where it runs (glibc Linux), so that everybody there uses the same one; else the one at hand. */
function findNode() {
  const pinned = join(root, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node');
  if (existsSync(pinned)) {
    if (process.execPath === pinned) return pinned;
    if (spawnSync(pinned, ['--version']).status === 0) return pinned;
  }
  return isAtLeast(process.versions.node, OLDEST_NODE) ? process.execPath : null;
}

/** `version` as in process.versions.node. */
function isAtLeast(version, [major, minor]) {
  const [ownMajor, ownMinor] = version.split('.').map(Number);
  return ownMajor > major || (ownMajor === major && ownMinor >= minor);
}

/** Resolves with the child's exit code, 128 + n where signal n ended it; never before the child has ended. */
function run(command, commandArgs, { onOutput, ...options }) {
  return new Promise((done) => {
    const started = spawn(command, commandArgs, options);
    child = started;
    if (onOutput) {
      started.stdout.on('data', onOutput);
      started.stderr.on('data', onOutput);
    }
    started.on('error', (error) => {
      child = null;
      process.stderr.write(`\n${command} could not be started: ${error.message}\n`);
      done(1);
    });
    started.on('close', (code, signal) => {
      child = null;
      done(code ?? 128 + (constants.signals[signal] ?? 0));
    });
  });
}

function fail(line) {
  process.stderr.write(`${line}\n`);
  process.exit(1);
}
