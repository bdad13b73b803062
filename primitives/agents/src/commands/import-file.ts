import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { InvalidInputError } from '@heavylift/core'
import type { CommandInput } from '@heavylift/core'
import { formatTable } from '@heavylift/core/text'
import { canonicalText } from '../files/canonical.ts'
import { importFile } from '../import/import-file.ts'
import { askServer } from './ask-server.ts'

/** Without a server, unless the draft is to be saved: reads a file, and says what became of it. */
export async function importAgentFile(input: CommandInput) {
  const path = input.args['file'] ?? ''
  const content = await readFile(path, 'utf8').catch(() => {
    throw new InvalidInputError({ code: 'file-not-found', message: `There is no file “${path}”.` })
  })
  const { definition, sources, report } = importFile(content, basename(path))
  const draft = definition === null ? null : canonicalText(definition)
  let saved: string | null = null
  if (draft !== null && definition !== null) {
    if (input.options['save'] === true)
      saved = (
        await askServer<{ name: string }>(input, 'POST', '/drafts', { name: definition.name, text: draft })
      ).name
    else input.print(draft.trimEnd())
  }
  const shown = report.parts.filter(({ state }) => input.options['all'] === true || state !== 'mapped')
  if (shown.length > 0)
    input.print(
      formatTable(
        ['part', 'is', 'step', 'note'],
        shown.map(({ place, state, step, note }) => [place, state, step ?? '–', note ?? '']),
      ),
    )
  for (const { place, source, why } of report.expressions.filter(({ cel }) => cel === null))
    input.print(`${place}: {{ ${source.slice(0, 100)} }} is left to you: ${why ?? ''}`)
  for (const { from, to, note } of report.edges.filter(({ state }) => state === 'by-hand'))
    input.print(`${from} → ${to}: ${note ?? ''}`)
  for (const { message } of report.problems ?? []) input.print(`To mend: ${message}`)
  for (const source of sources)
    input.print(
      `Source ${source.name}: ${source.tools.length} tools${source.url ? ` at ${source.url}` : ''}. Add it to agents.sources.`,
    )
  const count = (state: string): number => report.parts.filter((part) => part.state === state).length
  input.print(
    `${report.format}: ${count('mapped')} mapped, ${count('approximated')} approximated, ${count('by-hand')} by hand.${saved === null ? '' : ` Saved as the draft ${saved}.`}`,
  )
  return { definition, report, sources: sources.map(({ document: _document, ...source }) => source), saved }
}
