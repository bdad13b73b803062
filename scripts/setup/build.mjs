// Builds what browsers load (the console and other packages with a `build` script) when its sources changed.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { SetupError, progressLine } from './output.mjs'
import { runNpm } from './install.mjs'

/** @param {string} root */
export async function buildOutdated(root) {
  for (const group of ['systems', 'apps']) {
    for (const name of foldersOf(join(root, group))) {
      const folder = join(root, group, name)
      const manifest = readJson(join(folder, 'package.json'))
      if (manifest?.scripts?.build !== undefined) await build(root, folder, manifest.name)
    }
  }
}

/** @param {string} root @param {string} folder @param {string} packageName */
async function build(root, folder, packageName) {
  const stamp = join(folder, 'dist', '.heavylift-built')
  const wanted = hashSources(root)
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  const bar = progressLine(`Building ${packageName}`)
  bar.update(0, 0, '')
  const timer = setInterval(() => bar.update(0, 0, ''), 500)
  const { code, output } = await runNpm(root, ['run', 'build', '-w', packageName])
  clearInterval(timer)
  if (code !== 0) {
    bar.end('failed')
    throw new SetupError(
      `${packageName} could not be built:\n\n${output.trim().split('\n').slice(-40).join('\n')}`,
    )
  }
  mkdirSync(join(folder, 'dist'), { recursive: true })
  writeFileSync(stamp, wanted)
  bar.end('done')
}

/** What may end up in a bundle: the browser code, and the contracts that it shares with the server. @param {string} root */
export function hashSources(root) {
  const hash = createHash('sha256')
  hash.update(readFileSync(join(root, 'package-lock.json')))
  const systems = foldersOf(join(root, 'systems')).map((name) => join(root, 'systems', name))
  const folders = [
    join(root, 'apps', 'console'),
    ...systems.flatMap((system) => ['console', 'storefront', 'src/domain'].map((part) => join(system, part))),
    ...foldersOf(join(root, 'primitives')).flatMap((name) =>
      ['console', 'src/config', 'src/files', 'src/run'].map((part) => join(root, 'primitives', name, part)),
    ),
    join(root, 'primitives', 'core', 'src'),
    join(root, 'primitives', 'ui', 'src'),
  ]
  for (const file of folders.flatMap(sourceFiles)) {
    hash
      .update(relative(root, file).split(sep).join('/'))
      .update('\0')
      .update(readFileSync(file))
      .update('\0')
  }
  return hash.digest('hex')
}

const skipped = new Set(['node_modules', 'dist', 'test'])
const sourceName = /\.(tsx?|m?js|css|html|svg|json|png|woff2)$/

/** @param {string} folder @returns {string[]} sorted, so that the hash does not depend on the file system */
function sourceFiles(folder) {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) return skipped.has(entry.name) ? [] : sourceFiles(path)
      return sourceName.test(entry.name) ? [path] : []
    })
}

/** @param {string} folder */
function foldersOf(folder) {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? [entry.name] : []))
    .sort()
}

/** @param {string} file */
function readJson(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null
}
