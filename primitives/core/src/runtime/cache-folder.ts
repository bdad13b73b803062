import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Put into a folder whose files can be made again (https://bford.info/cachedir/): backups leave it out, ours and those of other programs. */
export const cacheTagName = 'CACHEDIR.TAG'

const content = `Signature: 8a477f597d28d172789f06886806bc55
# What is below this folder can be made again. Backups leave it out (https://bford.info/cachedir/).
`

/** Makes a folder for what can be made again, and marks it so. */
export async function makeCacheFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, cacheTagName), content, { flag: 'wx' }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    },
  )
}
