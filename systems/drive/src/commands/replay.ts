import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Command } from '@heavylift/core'
import { NotFoundError } from '@heavylift/core'
import type { RanCase } from '../clearance/report/ran-case.ts'
import { versionNamed } from '../driver/versions.ts'
import { readVersions } from '../driver/versions-file.ts'
import { recordCase } from '../suites/run-case.ts'

/** `heavylift drive replay CASE`: a case of a clearance once more, checked against its digest, in the viewer. */
export const replayCommand: Command = {
  name: 'replay',
  summary:
    'Runs a case of a clearance once more, says whether it is the same run, and shows it in the console.',
  args: [{ name: 'case', summary: 'Its id, as the report names it.' }],
  options: [
    { flags: '--clearance <id>', summary: 'Folder below clearances. Default: the newest that has the case.' },
    { flags: '--driver <version>', summary: 'Another version in its place.' },
    { flags: '--no-view', summary: 'Only run it.' },
  ],
  async run({ args, options, print, api, dataDir, configDir = '.' }) {
    const caseId = args['case'] ?? ''
    const folder = join(dataDir, 'clearances')
    const ids = typeof options['clearance'] === 'string' ? [options['clearance']] : await newestFirst(folder)
    const found = await find(folder, ids, caseId)
    const version = versionNamed(
      typeof options['driver'] === 'string' ? options['driver'] : found.version,
      await readVersions(configDir),
    )
    const { result, recording, map } = await recordCase(found.ran.one, version)
    const isSame = version.name === found.version && result.digest === found.ran.row?.digest
    print(`${caseId} with ${version.name}: ${result.outcome} after ${result.durationS.toFixed(2)} s.`)
    for (const failure of result.failures)
      print(`  ${failure.criterion} at ${failure.timeS.toFixed(2)} s: ${failure.detail}`)
    if (version.name === found.version)
      print(isSame ? 'The same run, bit for bit.' : 'Not the same run: the code has changed since.')
    if (options['view'] === false) return { ...result, isSame }
    const answer = await api('/api/drive/recordings', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ recording, map }),
    })
    const { id } = (await answer.json()) as { id: string }
    const address = new URL(`/drive/viewer?recording=${id}`, answer.url).href
    print(`Look at it: ${address}`)
    return { ...result, isSame, address }
  },
}

async function newestFirst(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => [])
  const dated = await Promise.all(
    names.map(async (name) => ({ name, ms: (await stat(join(folder, name))).mtimeMs })),
  )
  return dated.toSorted((a, b) => b.ms - a.ms).map(({ name }) => name)
}

async function find(
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
    message: `No clearance in ${folder} has a case ${caseId}. Case ids are in its report.`,
  })
}
