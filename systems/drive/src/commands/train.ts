import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { InvalidInputError } from '@heavylift/core'
import type { CommandInput } from '@heavylift/core'
import { weightsDir } from '../driver/prediction/committed-net.ts'
import { trainPrediction } from '../driver/prediction/learn/train-prediction.ts'

/** `heavylift drive train prediction`: learns from made traffic, and writes weights, report and picture. */
export async function runTrain({ args, options, report, signal, print }: CommandInput) {
  if (args['model'] !== 'prediction')
    throw new InvalidInputError({
      code: 'model-unknown',
      message: `There is no model "${args['model'] ?? ''}". Known: prediction.`,
    })
  const outDir = typeof options['out'] === 'string' ? resolve(options['out']) : weightsDir
  const { weights, report: text, picture } = trainPrediction({ report, signal })
  const files = {
    'prediction.json': `${JSON.stringify(weights)}\n`,
    'prediction.report.md': text,
    'prediction.svg': picture,
  }
  await mkdir(outDir, { recursive: true })
  for (const [name, content] of Object.entries(files)) {
    await writeFile(join(outDir, name), content)
    print(`${join(outDir, name)}  ${Buffer.byteLength(content)} bytes`)
  }
  return { outDir, files: Object.keys(files) }
}
