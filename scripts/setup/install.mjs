// Installs the dependencies when the lockfile is not the one that was installed. A start needs less than the tests: without
// linters, test runners, browsers' drivers and what benches compare with, the folder is about half as large.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { SetupError, progressLine } from './output.mjs'

/**
 * @param {string} root
 * @param {'start' | 'test'} purpose
 */
export async function install(root, purpose) {
  const stamp = join(root, 'node_modules', '.heavylift-installed')
  const hash = lockHash(root)
  const scope = scopeToInstall(installedScope(root, readText(stamp)), purpose)
  const wanted = `${hash} ${scope}`
  if (readText(stamp) === wanted) return

  // npm writes its own record at the end of an install. Without it the folder is absent or half-written, so begin anew;
  // with it, change only what differs.
  const record = join(root, 'node_modules', '.package-lock.json')
  const wasComplete = existsSync(record)
  rmSync(stamp, { force: true })
  rmSync(record, { force: true })
  const args = wasComplete ? ['install', '--no-save'] : ['ci']
  if (scope === 'start') args.push('--omit=dev')
  const bar = progressLine('Installing dependencies')
  const total = expectedPackages(root, scope)
  const timer = setInterval(() => {
    const done = Math.min(installedPackages(root), total)
    // The folders are there early; what takes long is to fetch and unpack the few large ones.
    bar.update(done, total, done > 0.9 * total ? 'packages, the large ones last' : 'packages')
  }, 500)
  bar.update(0, total, 'packages')
  const { code, output } = await runNpm(root, [
    ...args,
    '--no-audit',
    '--no-fund',
    '--fetch-retry-mintimeout=1000',
    '--fetch-retry-maxtimeout=8000',
  ])
  clearInterval(timer)
  if (code !== 0) {
    bar.end('failed')
    throw new SetupError(explainNpmFailure(output))
  }
  bar.end('done')
  requireProjectNode(root)
  removeHeaders(root)
  if (scope === 'start') removeSourceMaps(join(root, 'node_modules'))
  writeFileSync(stamp, wanted)
}

/**
 * What is installed: `start` without developer dependencies, `all` with them, null for nothing whole. An install by hand, without
 * our stamp, counts by what is there.
 * @param {string} root
 * @param {string | null} stamp
 * @returns {'start' | 'all' | null}
 */
export function installedScope(root, stamp) {
  if (!existsSync(join(root, 'node_modules', '.package-lock.json'))) return null
  const scope = stamp?.split(' ').at(-1)
  if (scope === 'start' || scope === 'all') return scope
  return existsSync(join(root, 'node_modules', 'vitest')) ? 'all' : 'start'
}

/**
 * What to install for a purpose. Developer dependencies once installed stay: `npm test`, then `npm start`, removes nothing.
 * @param {'start' | 'all' | null} installed
 * @param {'start' | 'test'} purpose
 * @returns {'start' | 'all'}
 */
export function scopeToInstall(installed, purpose) {
  return purpose === 'test' || installed === 'all' ? 'all' : 'start'
}

/** Source maps of packages are a tenth of the folder, and only debuggers read them. @param {string} folder */
function removeSourceMaps(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    // Our own packages are links out of the folder, which are not followed.
    if (entry.isDirectory()) removeSourceMaps(path)
    else if (entry.isFile() && /\.(c|m)?(js|ts|css)\.map$/.test(entry.name)) rmSync(path)
  }
}

/** The project's Node brings 67 MB of headers for compiling addons, which nothing here does. @param {string} root */
function removeHeaders(root) {
  const folder = join(root, 'node_modules', 'node', 'node_modules')
  if (!existsSync(folder)) return
  for (const name of readdirSync(folder)) {
    if (name.startsWith('node-')) rmSync(join(folder, name, 'include'), { recursive: true, force: true })
  }
}

/** @param {string} root */
function lockHash(root) {
  const hash = createHash('sha256')
  for (const name of ['package-lock.json', 'package.json']) hash.update(readFileSync(join(root, name)))
  return `${hash.digest('hex')} ${process.platform}-${process.arch}`
}

/** Packages of the lockfile that fit this machine; used only for the bar. @param {string} root @param {'start' | 'all'} scope */
function expectedPackages(root, scope) {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  const fits = (/** @type {string[] | undefined} */ list, /** @type {string} */ mine) =>
    list === undefined || list.includes(mine)
  return Object.entries(packages).filter(
    ([path, entry]) =>
      /^node_modules\/(@[^/]+\/)?[^/]+$/.test(path) &&
      entry.link !== true &&
      (scope === 'all' || entry.dev !== true) &&
      fits(entry.os, process.platform) &&
      fits(entry.cpu, process.arch),
  ).length
}

/** @param {string} root */
function installedPackages(root) {
  const folder = join(root, 'node_modules')
  if (!existsSync(folder)) return 0
  let count = 0
  for (const name of readdirSync(folder)) {
    if (name.startsWith('.')) continue
    count += name.startsWith('@') && name !== '@heavylift' ? readdirSync(join(folder, name)).length : 1
  }
  return count
}

/**
 * Runs npm on the machine's own Node: the project's Node lies in the folder that npm is about to replace.
 * @param {string} root
 * @param {string[]} args
 * @returns {Promise<{ code: number | null, output: string }>}
 */
export function runNpm(root, args) {
  const path = (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => !folder.startsWith(join(root, 'node_modules')))
    .join(delimiter)
  const npmScript = process.env['npm_execpath']
  const node = machineNode(root)
  const [command, prefix] = npmScript?.endsWith('.js') === true ? [node, [npmScript]] : ['npm', []]
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...prefix, ...args], {
      cwd: root,
      env: { ...process.env, PATH: path },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    const keep = (/** @type {Buffer} */ chunk) => {
      output = (output + chunk.toString()).slice(-20_000)
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.on('error', (error) => {
      const isMissing = /** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT'
      reject(
        isMissing
          ? new SetupError(
              'npm was not found. It comes with Node: install Node 20 or later from https://nodejs.org.',
            )
          : error,
      )
    })
    child.on('close', (code) => resolve({ code, output }))
  })
}

/** @param {string} root */
function machineNode(root) {
  const given = process.env['npm_node_execpath']
  if (given !== undefined && !given.startsWith(join(root, 'node_modules'))) return given
  if (!process.execPath.startsWith(join(root, 'node_modules'))) return process.execPath
  return 'node'
}

/** What went wrong in plain words, from npm's output. @param {string} output */
export function explainNpmFailure(output) {
  const tail = output.trim().split('\n').slice(-25).join('\n')
  const hint =
    failureHints.find(({ pattern }) => pattern.test(output))?.hint ??
    'npm could not install the dependencies.'
  return `${hint}\n\nWhat npm said last:\n${tail}`
}

const failureHints = [
  {
    pattern:
      /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ECONNRESET|ERR_SOCKET_TIMEOUT)\b/,
    hint:
      'The package registry cannot be reached. The first start needs a network (later ones do not): connect, or point npm at\n' +
      'a mirror (`npm config set registry …`) or a proxy (`npm config set proxy …`), and run the command again.',
  },
  {
    pattern:
      /\b(SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_GET_ISSUER_CERT|UNABLE_TO_VERIFY_LEAF_SIGNATURE|CERT_HAS_EXPIRED)/,
    hint: 'The registry’s certificate is not trusted. Behind an inspecting proxy, set `npm config set cafile /path/to/ca.pem`.',
  },
  { pattern: /\bENOSPC\b/, hint: 'The disk is full: the install needs about 1 GB.' },
  {
    pattern: /\b(EACCES|EPERM|EROFS)\b/,
    hint: 'npm may not write here. Make this folder yours (`chown -R $USER .`) and run the command again.',
  },
  {
    pattern:
      /can only install (packages )?(when your package\.json|with an existing package-lock)|\bEUSAGE\b/,
    hint: 'package.json and package-lock.json do not agree: run `npm install` once, then the command again.',
  },
  {
    pattern: /\bE40[13]\b/,
    hint: 'The registry refused access: check `npm config get registry` and your npm login.',
  },
  {
    pattern: /\b(E404|ETARGET|ENOVERSIONS)\b/,
    hint: 'The registry does not have a package that is needed: check `npm config get registry`.',
  },
  {
    pattern: /\bEINTEGRITY\b/,
    hint: 'A download was damaged: run `npm cache verify`, then the command again.',
  },
]

/** The project's Node comes from a package whose install script fetches it. @param {string} root */
function requireProjectNode(root) {
  const node = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  const { version } = JSON.parse(readFileSync(join(dirname(dirname(node)), 'package.json'), 'utf8'))
  const run = spawnSync(node, ['--version'], { encoding: 'utf8' })
  if (run.stdout?.trim() === `v${version}`) return
  throw new SetupError(
    `The project's own Node ${version} did not arrive (${run.error?.message ?? run.stderr?.trim() ?? 'no output'}).\n` +
      'Its package fetches it by an install script: check that `npm config get ignore-scripts` says false, then run\n' +
      '`npm rebuild node` and the command again.',
  )
}

/** @param {string} file */
function readText(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}
