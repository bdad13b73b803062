import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { readOrExplain } from '../../world/xml/missing-file.ts'

/** Every file below a folder, in a fixed order. Rejects with `file-not-found`. */
export async function filesBelow(dir: string): Promise<string[]> {
  const found = await readOrExplain(dir, readdir(dir, { recursive: true, withFileTypes: true }))
  return found
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
}

/** Made by hand: a cut-in with its variations. */
export const sampleDir = join(import.meta.dirname, '..', '..', '..', 'samples')
