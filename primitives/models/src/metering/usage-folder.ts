import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Processes } from '@heavylift/core'

/**
 * The folder of calls on their way to the database, which one process writes to. The first process takes over what those left that
 * there are no longer, since the server was started with more processes.
 */
export function usageFolder(dataDir: string, processes: Pick<Processes, 'number' | 'count'> | null): string {
  const { number, count } = processes ?? { number: 1, count: 1 }
  const folder = join(dataDir, number === 1 ? 'usage' : `usage-${number}`)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (number > 1) return folder
  for (const name of readdirSync(dataDir)) {
    const other = /^usage-(\d+)$/.exec(name)?.[1]
    if (other === undefined || Number(other) <= count) continue
    for (const file of readdirSync(join(dataDir, name)))
      renameSync(join(dataDir, name, file), join(folder, file))
    rmSync(join(dataDir, name), { recursive: true })
  }
  return folder
}
