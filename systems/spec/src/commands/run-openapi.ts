import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { CommandInput } from '@heavylift/core'
import { extractFacts } from '../extract/extract-facts.ts'
import { openApiOf } from '../extract/openapi.ts'

/** `heavylift spec openapi PATH`. */
export async function runOpenapi(input: CommandInput) {
  const { set } = await extractFacts(resolve(input.args['path'] ?? '.'), input.report, input.signal)
  const service = input.options['service']
  const text = `${JSON.stringify(openApiOf(set, typeof service === 'string' ? service : null), null, 2)}\n`
  const out = input.options['out']
  if (typeof out === 'string') await writeFile(resolve(out), text)
  else input.print(text)
  return { operations: set.facts.filter(({ kind }) => kind === 'operation').length }
}
