// Builds what browsers load (the console and other packages with a `build` script) when its sources changed.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { readInputs } from './build-inputs.mjs'
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
  const dist = join(folder, 'dist')
  const stamp = join(dist, '.heavylift-built')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hashSources(root, readInputs(dist))) return
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
  mkdirSync(dist, { recursive: true })
  writeFileSync(stamp, hashSources(root, readInputs(dist)))
  bar.end('done')
}

/**
 * Of what a bundle is made: the folders of browser code, where a new file counts too, and the files that the last build took from
 * elsewhere, such as contracts that are shared with the server. Those that it had no reason to take cannot change it.
 * @param {string} root @param {string[]} inputs relative to the root
 */
export function hashSources(root, inputs) {
  const hash = createHash('sha256')
  hash.update(readFileSync(join(root, 'package-lock.json')))
  const packages = ['systems', 'primitives'].flatMap((group) =>
    foldersOf(join(root, group)).map((name) => join(root, group, name)),
  )
  const folders = [
    join(root, 'apps', 'console'),
    ...packages.flatMap((folder) => ['console', 'storefront'].map((part) => join(folder, part))),
    join(root, 'primitives', 'ui', 'src'),
  ]
  const files = new Set([...folders.flatMap(sourceFiles), ...inputs.map((input) => join(root, input))])
  for (const file of files) {
    hash
      .update(relative(root, file).split(sep).join('/'))
      .update('\0')
      .update(existsSync(file) ? readFileSync(file) : 'gone')
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
