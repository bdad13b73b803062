import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { readImports } from './read-imports.ts'

/** The folders that hold packages, from the ground up; what stands beside them may use all. */
export const floors = ['primitives', 'systems', 'apps'] as const
const topFolders = ['e2e', 'scripts', 'docs', 'bench']
const ignored = new Set(['node_modules', 'dist'])
const sourceName = /\.(?:ts|tsx|mjs|js)$/

export interface Package {
  /** Its folder from the root, `primitives/core`. */
  path: string
  floor: (typeof floors)[number]
  folder: string
  /** From package.json; null without one. */
  name: string | null
  /** Subpath (`.`, `./testing`) to file, from the package. */
  exports: Record<string, string>
  dependencies: string[]
  devDependencies: string[]
}

/** An import that leads to a workspace package or to a file of the tree. */
export interface Arrow {
  from: string
  /** The file that it leads to; null where the package does not export such a path, or it is no source. */
  to: string | null
  /** The package that it names or reaches into; null for what stands beside the packages. */
  toPackage: Package | null
  specifier: string
  isType: boolean
  isRelative: boolean
  names: string[]
}

export interface SourceFile {
  path: string
  /** Null for what stands beside the packages. */
  package: Package | null
  lines: number
  arrows: Arrow[]
}

export interface SourceTree {
  root: string
  /** Folder patterns of packages in the root's package.json. */
  workspaces: string[]
  packages: Package[]
  files: Map<string, SourceFile>
  /** Every folder and file of the packages, sources or not, from the root. */
  paths: string[]
}

/** Reads every package and the imports of every source file below `root`. */
export function readTree(root: string): SourceTree {
  const packages = floors.flatMap((floor) => packagesOf(root, floor))
  const paths = packages.flatMap(({ path }) => walk(root, path))
  const beside = topFolders
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) => walk(root, folder))
  const sources = [...paths, ...beside].filter((path) => sourceName.test(path))
  const packageOf = (path: string) => packages.find((one) => path.startsWith(`${one.path}/`)) ?? null
  const known = new Set(sources)
  const files = new Map<string, SourceFile>()
  for (const path of sources) {
    const text = readFileSync(join(root, path), 'utf8')
    const arrows = readImports(path, text).flatMap((ref) => {
      const leadsTo = resolve(path, ref.specifier, packages, known, packageOf)
      return leadsTo === null ? [] : [{ from: path, ...ref, ...leadsTo }]
    })
    files.set(path, { path, package: packageOf(path), lines: text.split('\n').length - 1, arrows })
  }
  return { root, workspaces: readManifest(root)?.workspaces ?? [], packages, files, paths }
}

function packagesOf(root: string, floor: (typeof floors)[number]): Package[] {
  if (!existsSync(join(root, floor))) return []
  return readdirSync(join(root, floor), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !ignored.has(entry.name))
    .map(({ name: folder }) => {
      const path = `${floor}/${folder}`
      const manifest = readManifest(join(root, path))
      return {
        path,
        floor,
        folder,
        name: manifest?.name ?? null,
        exports: manifest?.exports ?? {},
        dependencies: Object.keys(manifest?.dependencies ?? {}),
        devDependencies: Object.keys(manifest?.devDependencies ?? {}),
      }
    })
}

interface Manifest {
  name?: string
  workspaces?: string[]
  exports?: Record<string, string>
  dependencies?: Record<string, string>
  devDependencies?: Record<string, string>
}

function readManifest(folder: string): Manifest | null {
  const file = join(folder, 'package.json')
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Manifest) : null
}

/** Files and folders below a folder, folders before what they hold. */
function walk(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (ignored.has(entry.name) || entry.name.startsWith('.')) return []
    const path = `${folder}/${entry.name}`
    if (!entry.isDirectory()) return [path]
    const held = walk(root, path)
    // What version control left behind empty is not there for anyone else.
    return held.length === 0 ? [] : [path, ...held]
  })
}

function resolve(
  from: string,
  specifier: string,
  packages: readonly Package[],
  known: ReadonlySet<string>,
  packageOf: (path: string) => Package | null,
): Pick<Arrow, 'to' | 'toPackage' | 'isRelative'> | null {
  if (specifier.startsWith('.')) {
    const path = normalize(join(dirname(from), specifier.replace(/\?.*$/, ''))).replaceAll('\\', '/')
    return { to: known.has(path) ? path : null, toPackage: packageOf(path), isRelative: true }
  }
  const [, name, subpath] = /^(@[^/]+\/[^/]+)(\/.+)?$/.exec(specifier) ?? []
  const toPackage = packages.find((one) => one.name !== null && one.name === name)
  if (!toPackage) return null
  const target = toPackage.exports[`.${subpath ?? ''}`]
  const path = target === undefined ? null : normalize(`${toPackage.path}/${target}`)
  return { to: path !== null && known.has(path) ? path : null, toPackage, isRelative: false }
}
