import { resolve } from 'node:path'
import { InvalidInputError } from '@heavylift/core'
import type { CommandInput } from '@heavylift/core'
import { plural } from '@heavylift/core/text'
import { extractFacts } from '../extract/extract-facts.ts'
import { readingsOf } from '../extract/kept-facts.ts'
import { writeSpecs } from '../write/write-specs.ts'

const formats = ['openspec', 'kiro', 'spec-kit'] as const

/** `heavylift spec write PATH`: writes or amends specs, and says what changed. */
export async function runWrite(
  input: Pick<CommandInput, 'args' | 'options' | 'report' | 'print' | 'signal'> &
    Partial<Pick<CommandInput, 'dataDir'>>,
) {
  const dir = resolve(input.args['path'] ?? '.')
  const wanted = input.options['format']
  const format = formats.find((each) => each === wanted) ?? null
  if (wanted !== undefined && format === null)
    throw new InvalidInputError({
      code: 'format-unknown',
      message: `There is no format "${String(wanted)}". Choose one of: ${formats.join(', ')}.`,
    })
  const { set } = await extractFacts(dir, input.report, input.signal, readingsOf(input.dataDir))
  const written = await writeSpecs(dir, set, format, input.signal)
  for (const file of written.files) input.print(file)
  input.print(
    `${plural(written.requirements, 'requirement')} in the form of ${written.format}: ${written.added.length} new, ${written.amended.length} amended, ${written.removed.length} taken out, ${plural(written.conflicts.length, 'conflict')}.`,
  )
  for (const { file, requirement, theirs, ours } of written.conflicts) {
    input.print(`${file}: ${requirement}`)
    if (theirs !== '') input.print(`  written: ${theirs.split('\n')[0] ?? ''}`)
    input.print(`  code:    ${ours}`)
  }
  if (set.facts.length === 0)
    input.print('Nothing was found that a spec could say. `heavylift spec extract` says what was read.')
  return { ...written, verdict: written.conflicts.length === 0 ? ('yes' as const) : ('no' as const) }
}
