import { readdir, readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { InvalidInputError } from '@heavylift/core'

export interface DataFile {
  /** Below the folder, with slashes. */
  path: string
  /** The first folder below, or `files` for a file that lies in none. */
  source: string
  read(): Promise<string>
}

/** The files below a folder whose names end so, `.gz` after it or not, by name. @throws InvalidInputError `eval-no-data` */
export async function dataFiles(dir: string, ends: RegExp): Promise<DataFile[]> {
  const names = (await readdir(dir, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && ends.test(entry.name.replace(/\.gz$/, '')))
    .map((entry) => relative(dir, join(entry.parentPath, entry.name)))
    .toSorted()
  if (names.length === 0)
    throw new InvalidInputError({
      code: 'eval-no-data',
      message: `There is no file in ${dir} whose name ends in ${ends.source}.`,
    })
  return names.map((name) => {
    const parts = name.split(sep)
    return {
      path: parts.join('/'),
      source: parts.length > 1 ? parts[0]! : 'files',
      async read() {
        const bytes = await readFile(join(dir, name))
        return (name.endsWith('.gz') ? await promisify(gunzip)(bytes) : bytes).toString('utf8')
      },
    }
  })
}

/** Sources with few files are one, so that the worst of them says something. */
export function largeSources<T>(
  counts: ReadonlyMap<string, T>,
  sizeOf: (value: T) => number,
  least: number,
  join: (values: T[]) => T,
): Map<string, T> {
  const large = new Map<string, T>()
  const small: T[] = []
  for (const [source, value] of counts) {
    if (sizeOf(value) >= least) large.set(source, value)
    else small.push(value)
  }
  if (small.length > 0) large.set(large.size > 0 ? 'others' : 'all', join(small))
  return large
}
