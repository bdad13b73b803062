import { tryLock } from '../../../../scripts/setup/lock.mjs'

/**
 * Makes this process the one server of a data folder; null when another one is. A server that was killed holds nothing.
 * Two servers on one folder would both load samples and build indexes in it.
 */
export function claimDataDir(dataDir: string): (() => void) | null {
  return tryLock(dataDir, 'server-lock')
}
