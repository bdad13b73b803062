import { readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** Every file below a folder, in a fixed order. */
export async function filesBelow(dir: string): Promise<string[]> {
  const found = await readdir(dir, { recursive: true, withFileTypes: true })
  return found
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
}

/** Made by hand: a cut-in with its variations. */
export const sampleDir = join(import.meta.dirname, '..', '..', '..', 'samples')
