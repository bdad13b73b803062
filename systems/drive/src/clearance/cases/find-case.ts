import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { NotFoundError } from '@heavylift/core'
import type { RanCase } from './ran-case.ts'

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
    const rows = createReadStream(join(folder, id, 'rows.jsonl')).on('error', () => undefined)
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
    message: `No clearance has a case ${caseId}. Case ids are in its report.`,
  })
}
