import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { InvalidInputError } from '@heavylift/core'

/** What a model was trained on, so that it can be named without being shipped. */
export interface TrainingData {
  /** Kind of the files, e.g. `nfl-gamecenter`. */
  kind: string
  files: number
  bytes: number
  /** SHA-256 over the sorted SHA-256 hashes of the files, one a line: their names do not matter. */
  sha256: string
}

/** Every file below a folder in order of its path. Throws `data-missing` when there is none. */
export async function dataFiles(dataDir: string): Promise<string[]> {
  const entries = await readdir(dataDir, { recursive: true, withFileTypes: true }).catch(() => [])
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  if (paths.length === 0)
    throw new InvalidInputError({
      code: 'data-missing',
      message: `There are no files in ${dataDir}: give the data's folder by --data.`,
    })
  return paths.toSorted()
}

/** Size and hash of files of one kind. */
export async function describeData(kind: string, paths: readonly string[]): Promise<TrainingData> {
  const hashes: string[] = []
  let bytes = 0
  for (const path of paths) {
    const hash = createHash('sha256')
    for await (const chunk of createReadStream(path) as AsyncIterable<Uint8Array>) hash.update(chunk)
    hashes.push(hash.digest('hex'))
    bytes += (await stat(path)).size
  }
  const whole = createHash('sha256').update(hashes.toSorted().join('\n')).digest('hex')
  return { kind, files: paths.length, bytes, sha256: whole }
}
