import { constants } from 'node:fs'
import { access, copyFile, mkdir } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { Logger } from '@heavylift/core'

const fileName = 'models.config.json'

/**
 * Absolute path of the gateway's table: the one that is configured, else the one in the data folder. Earlier releases kept it beside
 * `heavylift.config.json`: one that is there goes on being used, and where it cannot be written (an image) it is copied into
 * the data folder once.
 */
export async function placeTable(
  configured: string | null,
  { configDir, dataDir, log }: { configDir: string; dataDir: string; log: Logger },
): Promise<string> {
  if (configured !== null) return resolve(configDir, configured)
  const own = join(dataDir, fileName)
  const earlier = resolve(configDir, fileName)
  if ((await may(own, constants.F_OK)) || !(await may(earlier, constants.F_OK))) return own
  // It is replaced by a rename, so the folder has to be writable as well.
  if ((await may(earlier, constants.W_OK)) && (await may(dirname(earlier), constants.W_OK))) return earlier
  await mkdir(dataDir, { recursive: true })
  await copyFile(earlier, own)
  log.info(
    { from: earlier, to: own },
    'the table cannot be written where it was, so a copy of it is used from now on',
  )
  return own
}

function may(path: string, mode: number): Promise<boolean> {
  return access(path, mode).then(
    () => true,
    () => false,
  )
}
