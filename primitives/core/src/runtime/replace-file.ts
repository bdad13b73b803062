import { randomBytes } from 'node:crypto'
import { open, realpath, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/**
 * Gives a file new content: whoever reads it, or starts after a crash or a loss of power, finds the old one or the new one whole.
 * Readable by its owner only. A link stays a link. Throws what the file system throws; the file is then as it was.
 */
export async function replaceFile(file: string, text: string): Promise<void> {
  const path = await realpath(file).catch(() => file)
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`)
  try {
    const handle = await open(temporary, 'wx', 0o600)
    try {
      await handle.writeFile(text)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
  // The rename itself; some file systems cannot sync a folder, and the file is there all the same.
  const folder = await open(dirname(path), 'r').catch(() => null)
  await folder?.sync().catch(() => undefined)
  await folder?.close()
}
