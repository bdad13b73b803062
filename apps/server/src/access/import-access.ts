import { existsSync, renameSync } from 'node:fs'
import type { Kysely } from 'kysely'
import { readAccessFile } from './file-access.ts'
import { insertAccess } from './postgres-access.ts'

/**
 * Brings keys and tenants of an installation that had no database into it. The file is then kept under another name. Killed in
 * between, it does no harm again: who is there already stays as they are.
 */
export async function importAccess(path: string, database: Kysely<unknown>): Promise<void> {
  const content = existsSync(path) ? readAccessFile(path) : null
  if (content === null) return
  await insertAccess(database, content)
  renameSync(path, `${path}.imported`)
}
