import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { InvalidInputError } from '@heavylift/core'
import type { CommandInput } from '@heavylift/core'
import { trainables } from '../insights/trainables.ts'
import { weightsDir } from '../learn/weights-dir.ts'

/** `heavylift live train MODEL --data DIR`: trains a model and writes its weights, report and picture. */
export async function runTrain(input: CommandInput): Promise<unknown> {
  const name = input.args['model'] ?? ''
  const trainable = trainables.find((one) => one.name === name)
  if (trainable === undefined)
    throw new InvalidInputError({
      code: 'model-unknown',
      message: `There is no model "${name}". Known: ${trainables.map((one) => `${one.name} (${one.summary})`).join('; ')}`,
    })
  const data = input.options['data']
  if (typeof data !== 'string')
    throw new InvalidInputError({
      code: 'data-missing',
      message: `Give the folder to learn from by --data: ${trainable.summary}`,
    })
  const out = input.options['out']
  const outDir = typeof out === 'string' ? resolve(out) : weightsDir
  const trained = await trainable.train({
    dataDir: resolve(data),
    report: input.report,
    signal: input.signal,
  })
  const files = {
    [`${name}.json`]: `${JSON.stringify(trained.weights)}\n`,
    [`${name}.report.md`]: trained.report,
    ...(trained.picture === null ? {} : { [`${name}.svg`]: trained.picture }),
  }
  await mkdir(outDir, { recursive: true })
  for (const [file, text] of Object.entries(files)) await writeFile(join(outDir, file), text)
  for (const [file, text] of Object.entries(files))
    input.print(`${join(outDir, file)}  ${Buffer.byteLength(text)} bytes`)
  return { outDir, files: Object.keys(files) }
}
