import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { InvalidInputError } from '@heavylift/core'
import type { CommandInput } from '@heavylift/core'
import { csvLine } from '@heavylift/core/rows'
import { usualNoise } from '../../samples/documents/make-case.ts'
import { makeCases } from '../learn/made-cases.ts'

/** `heavylift address make-documents DIR`: addresses.csv, labels.csv and documents/<id>/*, as `address.kind --data DIR` reads them. */
export async function runMakeDocuments(input: CommandInput) {
  const dir = resolve(input.args['dir'] ?? '')
  await mkdir(dir, { recursive: true })
  if ((await readdir(dir)).length > 0)
    throw new InvalidInputError({
      code: 'folder-not-empty',
      message: `${dir} is not empty. Give a new folder.`,
    })
  const count = numberOf(input, 'addresses', 500, 1, 100_000)
  const contradicting = numberOf(input, 'contradicting', 0.3, 0, 1)
  const seed = typeof input.options['seed'] === 'string' ? input.options['seed'] : '1'
  const cases = makeCases(seed, count, { ...usualNoise, contradicting })
  const addresses = [csvLine(['id', 'address', 'name'])]
  const labels = [csvLine(['id', 'kind', 'unit_needed', 'hours', 'injected'])]
  for (const [at, { id, address, name, documents, kind, unitNeeded, hours, ordered }] of cases.entries()) {
    input.signal.throwIfAborted()
    addresses.push(csvLine([id, address, name]))
    labels.push(csvLine([id, kind, unitNeeded ? 'yes' : 'no', hours ?? '', ordered ?? '']))
    const folder = join(dir, 'documents', id)
    await mkdir(folder, { recursive: true })
    for (const document of documents) await writeFile(join(folder, document.name), document.content)
    if (at % 100 === 0) input.report({ stage: 'writing', done: at, total: count, unit: 'addresses' })
  }
  await writeFile(join(dir, 'addresses.csv'), addresses.join(''))
  await writeFile(join(dir, 'labels.csv'), labels.join(''))
  input.print(`${count} addresses with their documents: ${dir}`)
  return { addresses: count, dir }
}

function numberOf(input: CommandInput, name: string, usual: number, least: number, most: number): number {
  const text = input.options[name]
  const value = typeof text === 'string' ? Number(text) : usual
  if (value >= least && value <= most) return value
  throw new InvalidInputError({
    code: 'option-invalid',
    message: `--${name} is a number from ${least} to ${most}; got "${String(text)}".`,
  })
}
