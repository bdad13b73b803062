import { accessSync, chmodSync, constants, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { lockAlone } from '@heavylift/core/runtime/file-lock'
import { tryLock } from '../../../../scripts/setup/lock.mjs'

/** The file that the operating system locks for the server of a data folder. */
export const serverLockPath = (dataDir: string): string => join(dataDir, 'server-lock.os')

/**
 * Makes this process the one server of a data folder; null when another one is, in whichever container. A server that was killed
 * holds nothing. Two servers on one folder would both load samples and build indexes in it.
 * @throws the error of the file system where the folder cannot be made or written
 */
export function claimDataDir(dataDir: string): (() => void) | null {
  mkdirSync(dataDir, { recursive: true })
  accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK)
  const release = lockAlone(serverLockPath(dataDir))
  if (release === null) return null
  // Earlier releases know this lock alone.
  const releaseOld = tryLock(dataDir, 'server-lock')
  if (releaseOld === null) {
    release()
    return null
  }
  return () => {
    releaseOld()
    release()
  }
}

/**
 * Keeps other users of this machine out of a data folder: event logs, indexes and answers are nobody else's. As root, the
 * embedded PostgreSQL runs as another user who has to pass through the folder, so there its other folders are closed.
 */
export function closeToOthers(dataDir: string, folders: readonly string[]): void {
  const isRoot = process.getuid?.() === 0
  chmodSync(dataDir, isRoot ? 0o711 : 0o700)
  for (const folder of folders) {
    const path = join(dataDir, folder)
    mkdirSync(path, { recursive: true, mode: 0o700 })
    chmodSync(path, 0o700)
  }
}

/** Makes the folder that several servers see, for its owner alone. @throws the error of the file system where it cannot be written */
export function openSharedDir(sharedDir: string): void {
  mkdirSync(sharedDir, { recursive: true, mode: 0o700 })
  accessSync(sharedDir, constants.R_OK | constants.W_OK | constants.X_OK)
}
