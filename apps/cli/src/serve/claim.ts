import { chmodSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { tryLock } from '../../../../scripts/setup/lock.mjs'

/**
 * Makes this process the one server of a data folder; null when another one is. A server that was killed holds nothing.
 * Two servers on one folder would both load samples and build indexes in it.
 */
export function claimDataDir(dataDir: string): (() => void) | null {
  return tryLock(dataDir, 'server-lock')
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
