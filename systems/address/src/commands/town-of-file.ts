import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { InvalidInputError } from '@heavylift/core'
import type { CommandInput } from '@heavylift/core'
import { decide } from '../decide/decide.ts'
import { kindNamed } from '../domain/kinds.ts'
import type { Kind } from '../domain/kinds.ts'
import { textOf } from '../evidence/address-columns.ts'
import type { AddressColumns } from '../evidence/address-columns.ts'
import type { KindModel } from '../kind/model.ts'
import { fitTown, leastAnswers } from '../learn/town.ts'
import type { Answer, Town } from '../learn/town.ts'
import { columnsOf, observeRowOf, readRow } from './asked-rows.ts'
import { eachRow } from './each-row.ts'

/**
 * What the answers about some addresses of a file tell of its town, beside what `model` says of them. `answersFile` has the columns `id` and `kind`. Throws `answers-too-few`
 * when fewer than ten of them are of addresses of the file.
 */
export async function townOfFile(
  file: string,
  answersFile: string,
  documents: string | null,
  input: CommandInput,
  model: KindModel,
): Promise<Town> {
  const kinds = await readAnswers(resolve(answersFile), input)
  const answers: Answer[] = []
  let columns: AddressColumns | null = null
  await eachRow(file, input, 'reading what was answered', async (rows) => {
    columns ??= columnsOf(rows)
    for (const row of rows) {
      const asked = 'reason' in row ? row : readRow(row, columns)
      const kind = 'reason' in asked ? undefined : kinds.get(asked.id)
      if ('reason' in asked || kind === undefined) continue
      const { probabilities } = decide(model, await observeRowOf(asked, documents))
      answers.push({ probabilities: Object.values(probabilities), kind })
    }
  })
  const town = fitTown(answers)
  if (town === null)
    throw new InvalidInputError({
      code: 'answers-too-few',
      message: `${answers.length} addresses of the file are answered in ${answersFile}; it takes ${leastAnswers}. Its columns are id (as in the file, or the line of the row) and kind.`,
    })
  input.print(`Learned from ${town.answers} answers what is usual here.`)
  return town
}

async function readAnswers(file: string, input: CommandInput): Promise<Map<string, Kind>> {
  if (!(await stat(file).catch(() => null))?.isFile())
    throw new InvalidInputError({ code: 'file-not-found', message: `There is no file "${file}".` })
  const kinds = new Map<string, Kind>()
  await eachRow(file, input, 'reading answers', async (rows) => {
    for (const row of rows) {
      if (!('fields' in row)) continue
      const id = textOf(row.fields['id'])
      const kind = kindNamed(textOf(row.fields['kind']))
      if (id !== '' && kind !== null && kind !== 'unknown') kinds.set(id, kind)
    }
  })
  return kinds
}
