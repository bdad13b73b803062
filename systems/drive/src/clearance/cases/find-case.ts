import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { NotFoundError } from '@heavylift/core'
import type { RanCase } from './ran-case.ts'

/** Where clearances are kept: in the folder that all servers see, or in the system's own. */
export function clearancesIn({ dataDir, sharedDir }: { dataDir: string; sharedDir?: string }): string {
  return join(sharedDir ?? dataDir, 'clearances')
}

/** Ids of the clearances in a folder. */
export async function newestFirst(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => [])
  const dated = await Promise.all(
    names.map(async (name) => ({ name, ms: (await stat(join(folder, name))).mtimeMs })),
  )
  return dated.toSorted((a, b) => b.ms - a.ms).map(({ name }) => name)
}

/** A case of the first of these clearances that has it, with its version. Throws `case-not-found`. */
export async function findCase(
  folder: string,
  ids: string[],
  caseId: string,
): Promise<{ version: string; ran: RanCase }> {
  for (const id of ids) {
    const path = join(folder, id, 'rows.jsonl')
    // A folder of something else, or of a clearance that has not ended.
    if (!(await isFile(path))) continue
    const rows = createReadStream(path).on('error', () => undefined)
    const lines = createInterface({ input: rows, crlfDelay: Infinity })
    try {
      let version = ''
      for await (const line of lines) {
        const ran = JSON.parse(line) as RanCase & { version?: string }
        version = ran.version ?? version
        if (ran.one.id === caseId) return { version, ran }
      }
    } finally {
      lines.close()
      rows.destroy()
    }
  }
  throw new NotFoundError({
    code: 'case-not-found',
    message: `${ids.length === 1 ? `The clearance ${ids[0]} has no case` : ids.length === 0 ? 'Nothing has been cleared yet, so there is no case' : `No clearance has a case`} ${caseId}. A report names its cases; make one: npx heavylift drive clear pdm --suite built-in.`,
  })
}

function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  )
}
