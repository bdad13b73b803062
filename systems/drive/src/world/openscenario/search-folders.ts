import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { InvalidInputError } from '@heavylift/core'
import { isMissing } from '../xml/missing-file.ts'

/** Below all folders together; who gives the whole disk is told so. */
const mostEntries = 200_000

/**
 * Roads and catalogs below some folders, found by the ends of the paths that scenarios say: `../xodr/town.xodr` is the file of that name, and the one in a
 * folder `xodr` where there are several. A road file may be given in place of a folder: it is then all roads that are not elsewhere.
 */
export class SearchFolders {
  readonly #folders: readonly string[]
  #byName: Map<string, string[]> | null = null
  #roads: string | null = null

  constructor(folders: readonly string[]) {
    this.#folders = folders
  }

  /** A road file for a name with or without `.xodr`; null where there is none. Throws `file-not-found` for a folder that is not there, `file-ambiguous` where several fit equally well. */
  roads(given: string): string | null {
    return this.#find(given) ?? this.#find(`${given}.xodr`) ?? this.#roads
  }

  /** A catalog's folder or file; as `roads`. */
  catalogs(given: string): string | null {
    return this.#find(given)
  }

  #find(given: string): string | null {
    const ends = given.split(/[\\/]/).filter((part) => part !== '' && part !== '.' && part !== '..')
    const found = this.#entries().get(ends.at(-1) ?? '') ?? []
    const common = found.map((path) => {
      const parts = path.split(/[\\/]/)
      let count = 1
      while (count < ends.length && parts.at(-1 - count) === ends.at(-1 - count)) count++
      return count
    })
    const most = Math.max(0, ...common)
    const best = found.filter((_, index) => common[index] === most)
    if (best.length > 1)
      throw new InvalidInputError({
        code: 'file-ambiguous',
        message: `Several of the name ${ends.at(-1)} lie below ${this.#folders.join(', ')}: ${best.slice(0, 3).join(', ')}${best.length > 3 ? ` and ${best.length - 3} more` : ''}. Give a folder that has only the one that is meant.`,
      })
    return best[0] ?? null
  }

  #entries(): Map<string, string[]> {
    if (this.#byName) return this.#byName
    this.#byName = new Map()
    let count = 0
    for (const folder of this.#folders) {
      if (isFile(folder)) {
        this.#roads = folder
        continue
      }
      for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
        if (++count > mostEntries)
          throw new InvalidInputError({
            code: 'option-invalid',
            message: `More than ${mostEntries} files lie below ${folder}: give the folder that has the roads and catalogs.`,
          })
        if (!entry.isDirectory() && !/\.(xodr|xosc)(\.gz)?$/i.test(entry.name)) continue
        const paths = this.#byName.get(entry.name) ?? []
        this.#byName.set(entry.name, [...paths, join(entry.parentPath, entry.name)])
      }
    }
    return this.#byName
  }
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile()
  } catch (error) {
    if (!isMissing(error)) throw error
    throw new InvalidInputError({
      code: 'file-not-found',
      message: `There is no folder ${path} to look for roads and catalogs in.`,
      cause: error,
    })
  }
}
