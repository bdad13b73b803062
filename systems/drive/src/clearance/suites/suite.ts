import { stat } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { InvalidInputError } from '@heavylift/core'
import type { Suite, SuiteOptions, SuitePart } from './suite-part.ts'
import { libraryParts, librarySuites } from './library-suites.ts'
import { fileParts } from './suite-file.ts'
import { folderParts } from './suite-folder.ts'
import type { LibrarySuite } from './library-suites.ts'

/**
 * The suite of a name (`built-in`, `smoke`, `full`), of a file: an OpenSCENARIO variation file or scenario (`.xosc`), or a parameter file (`.json`), or of all scenarios below a folder.
 * Rejects with `suite-unknown`, `suite-invalid`, `drive-file-invalid`, or why a file could not be read.
 */
export async function expandSuite(nameOrFile: string, options: SuiteOptions = {}): Promise<Suite> {
  if (/\.(json|xosc)$/i.test(nameOrFile))
    return joined(basename(nameOrFile), await fileParts(nameOrFile, options))
  if (!Object.hasOwn(librarySuites, nameOrFile)) {
    const isFolder = await stat(nameOrFile).then(
      (found) => found.isDirectory(),
      () => false,
    )
    if (isFolder) return joined(basename(resolve(nameOrFile)), await folderParts(nameOrFile, options))
    throw new InvalidInputError({
      code: 'suite-unknown',
      message: `There is no suite "${nameOrFile}". There are ${Object.keys(librarySuites).join(', ')}, files (.xosc, .json), and folders of scenarios.`,
    })
  }
  return joined(nameOrFile, libraryParts(librarySuites[nameOrFile] as LibrarySuite, options))
}

/** One suite of several parts, one after another. */
export function joined(name: string, parts: SuitePart[]): Suite {
  const starts: number[] = []
  let count = 0
  for (const part of parts) {
    starts.push(count)
    count += part.count
  }
  return {
    name,
    count,
    isFixed: parts.every(({ isFixed }) => isFixed === true),
    at(index) {
      if (!(Number.isInteger(index) && index >= 0 && index < count))
        throw new RangeError(`Suite ${name} has cases 0 to ${count - 1}, not ${index}.`)
      let low = 0
      let high = starts.length - 1
      while (low < high) {
        const middle = Math.ceil((low + high) / 2)
        if ((starts[middle] as number) <= index) low = middle
        else high = middle - 1
      }
      return (parts[low] as SuitePart).at(index - (starts[low] as number))
    },
  }
}
