import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Check } from '@heavylift/core'
import { accessPathOf } from '../../installation.ts'
import { plural } from '@heavylift/core/text'

/** What an installation without a database keeps in files. */
export async function checkFiles(dataDir: string): Promise<Check[]> {
  const { readAccessFile } = await import('@heavylift/server/file-access')
  const path = accessPathOf(dataDir)
  return [
    {
      name: 'database',
      state: 'note',
      found: 'none: keys and usage are files in the data folder',
      advice:
        'store.databaseUrl, or store.kind postgresql, brings the ledger and batches; what is here comes along.',
    },
    checkKeys(path, () => readAccessFile(path)?.keys.length ?? 0),
    checkUsage(join(dataDir, 'models', 'usage')),
  ]
}

function checkKeys(path: string, count: () => number): Check {
  if (!existsSync(path)) {
    return { name: 'keys', state: 'note', found: 'none yet', advice: 'npx heavylift keys create NAME' }
  }
  try {
    return { name: 'keys', state: 'ok', found: `${plural(count(), 'key')} in ${path}` }
  } catch (error) {
    return { name: 'keys', state: 'fail', found: error instanceof Error ? error.message : String(error) }
  }
}

function checkUsage(dir: string): Check {
  if (!existsSync(dir)) return { name: 'usage', state: 'note', found: 'no call yet' }
  const names = readdirSync(dir)
  const bytes = names.reduce(
    (sum, name) => sum + (statSync(join(dir, name), { throwIfNoEntry: false })?.size ?? 0),
    0,
  )
  return {
    name: 'usage',
    state: 'ok',
    found: `${plural(names.length, 'file')}, ${(bytes / 1e6).toFixed(1)} MB`,
  }
}
