import { existsSync, readdirSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { InvalidInputError } from '@heavylift/core'
import type { CommandInput } from '@heavylift/core'
import { evidentKinds } from '../domain/kinds.ts'
import { readCases } from '../evals/kind/read-cases.ts'
import { storeModel, weightsFile } from '../kind/model.ts'
import { careful, learnModel } from '../learn/learn-model.ts'
import type { CaseSource } from '../learn/learn-model.ts'
import { makeCases, observeSource } from '../learn/made-cases.ts'

/** `heavylift address train-kind [DIR]`: the same folders and the same count give the same weights. */
export async function runTrainKind(input: CommandInput) {
  const made = Number(input.options['made'] ?? 3000)
  if (!Number.isInteger(made) || made < 0 || made > 100_000)
    throw new InvalidInputError({
      code: 'option-invalid',
      message: '--made is a whole number from 0 to 100000.',
    })
  const out = resolve(typeof input.options['out'] === 'string' ? input.options['out'] : weightsFile)
  const sources: CaseSource[] = []
  const read = async (name: string, cases: Parameters<typeof observeSource>[1], share = 1) => {
    input.signal.throwIfAborted()
    input.report({ stage: `reading ${name}`, done: sources.length, unit: 'sources' })
    if (cases.length > 0) sources.push({ ...(await observeSource(name, cases)), share })
  }
  /** A list of descriptions without addresses tells nothing of what is usual. */
  const readTown = (name: string, cases: Parameters<typeof observeSource>[1]) =>
    read(name, cases, cases.some(({ address }) => address.trim() !== '') ? 1 : 0)
  // The two made ones are one town for what is usual.
  await read('made 1', makeCases('train 1', made), 0.5)
  await read('made 2', makeCases('train 2', made), 0.5)
  for (const folder of foldersOf(input.args['dir'])) await readTown(basename(folder), readCases(folder).cases)
  if (sources.length === 0)
    throw new InvalidInputError({
      code: 'training-data-empty',
      message: 'Nothing to learn from: give a folder, or leave --made above 0.',
    })
  input.report({ stage: 'learning', done: 0, unit: 'sources' })
  const { cases: validation } = await observeSource('validation', makeCases('validate', made))
  const model = learnModel(sources, { validation, manner: careful })
  await writeFile(out, storeModel(model))
  const counts = Object.fromEntries(sources.map(({ name, cases }) => [name, cases.length]))
  for (const [name, count] of Object.entries(counts)) input.print(`${name}: ${count} addresses`)
  const { trust, halfLifeDays, temperature } = model.combination
  input.print(`${evidentKinds.length} kinds, ${model.version}: ${out}`)
  return {
    out,
    version: model.version,
    sources: counts,
    trust,
    halfLifeDays,
    temperature,
    thresholds: model.thresholds,
  }
}

/** The folder itself where it holds addresses, else its folders. */
function foldersOf(dir: string | undefined): string[] {
  if (dir === undefined || dir === '') return []
  const root = resolve(dir)
  if (!existsSync(root))
    throw new InvalidInputError({ code: 'folder-not-found', message: `There is no folder "${root}".` })
  if (existsSync(join(root, 'addresses.csv'))) return [root]
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(root, entry.name, 'addresses.csv')))
    .map((entry) => join(root, entry.name))
    .sort()
}
