import { posix } from 'node:path'
import type { Repository } from './read-repository.ts'

const names =
  /^(?:package\.json|go\.mod|pom\.xml|build\.gradle(?:\.kts)?|pyproject\.toml|requirements[\w.-]*\.txt|setup\.py|Pipfile|manage\.py)$/

const foldersOf = ({ manifests }: Repository) =>
  new Set(
    [...manifests.keys()]
      .filter((path) => names.test(posix.basename(path)))
      .map((path) => (posix.dirname(path) === '.' ? '' : posix.dirname(path))),
  )

/** Gives of a file the nearest folder above it with a manifest of its own. */
export function programOf(repository: Repository): (path: string) => string {
  const dirs = foldersOf(repository)
  return (path) => deepest(dirs, path)
}

/** Folders with a manifest of their own that hold an operation, and those of `programs` that stand beside each other; the root where none does. */
export function servicesOf(
  repository: Repository,
  paths: readonly string[],
  programs: ReadonlySet<string> = new Set(),
): { dir: string; name: string }[] {
  const dirs = foldersOf(repository)
  const used = new Set([...paths.map((path) => deepest(dirs, path)), ...programs])
  if (used.size === 0) used.add('')
  return [...used]
    .toSorted()
    .map((dir) => ({ dir, name: dir === '' ? 'root' : (dir.split('/').at(-1) ?? dir) }))
}

export function serviceOf(services: readonly { dir: string }[], path: string): string {
  return deepest(new Set(services.map(({ dir }) => dir)), path)
}

function deepest(dirs: ReadonlySet<string>, path: string): string {
  for (let dir = posix.dirname(path); dir !== '.' && dir !== '/'; dir = posix.dirname(dir))
    if (dirs.has(dir)) return dir
  return ''
}
